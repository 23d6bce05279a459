// Steps with their times, waiting, and the report at the end.

/** How long a step may take, in milliseconds. */
const PATIENCE = 15_000;

/** Thrown by a step that ran out of time. */
class TimedOut extends Error {}

export class Telling {
	#steps = [];
	#people = [];
	#afterwards = [];
	#cast;

	/** `cast`: who uses which client, for the report. */
	constructor(cast) {
		this.#cast = cast;
	}

	/** Shows in the report of a failure what these people have heard. */
	watch(...people) {
		this.#people = people;
	}

	/** Has something done at the end, whatever the end is. */
	afterwards(act) {
		this.#afterwards.push(act);
	}

	/** Runs a story, prints the summary (and the reason of a failure on stderr), and says whether all of it came true. */
	async tell(story) {
		const begin = performance.now();
		const failure = await story().then(() => undefined, (error) => error);
		await Promise.allSettled(this.#afterwards.map((act) => act()));
		if (failure) console.error(this.#reason(failure));
		const error = failure && explain(failure);
		console.log(JSON.stringify({ ok: !failure, ...this.#cast, error, ms: since(begin), steps: this.#steps }));
		return !failure;
	}

	/** Runs one step and gives back what it gives. */
	step = async (name, act) => {
		const begin = performance.now();
		const step = { step: name, ok: false, ms: 0 };
		this.#steps.push(step);
		const value = await within(PATIENCE, act());
		Object.assign(step, { ok: true, ms: since(begin) });
		return value;
	};

	/** Waits until a look gives something true. Streams fill what it looks at. */
	until = async (look) => {
		const begin = performance.now();
		while (!look()) {
			if (performance.now() - begin > PATIENCE) throw new TimedOut();
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
	};

	#reason(failure) {
		const at = this.#steps.length;
		const heard = this.#people.map((one) => `  ${one.account.username} (${one.constructor.client}) heard last:\n${one.last(12)}`);
		return [`FAILED at step ${at}, "${this.#steps.at(-1)?.step}": ${explain(failure)}`, ...heard].join('\n');
	}
}

function within(patience, act) {
	let timer;
	const late = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new TimedOut()), patience + 100);
	});
	return Promise.race([act, late]).finally(() => clearTimeout(timer));
}

function since(begin) {
	return Math.round(performance.now() - begin);
}

/** A client rejects with errors, answers or bare objects. */
function explain(failure) {
	if (failure instanceof TimedOut) return `nothing happened within ${PATIENCE / 1000} s`;
	if (failure instanceof Error) return failure.cause ? `${failure.message}: ${failure.cause.message ?? failure.cause}` : failure.message;
	return JSON.stringify(failure);
}
