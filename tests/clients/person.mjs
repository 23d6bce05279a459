// What a person hears, whatever the client.

import { strict as assert } from 'node:assert';

/**
 * One person of the story. A client adds: `login`, `watch`, `create`, `invite`, `enter`, `say`, `history`, `kick`,
 * `isLockedOut`, `logout`; it sets `token` and calls `hear` and `change`.
 */
export class Person {
	#messages = [];
	#changes = [];

	/** `account`: `{id, username, password}` */
	constructor(account) {
		this.account = account;
	}

	/** Takes a message from a room's stream. */
	hear(message) {
		this.#messages.push(message);
	}

	/** Takes an event of the own streams: `subscriptions-changed` or `rooms-changed`, and its arguments. */
	change(event, [action, document]) {
		this.#changes.push({ event, action, document });
	}

	/** Whether an own subscription to a room was `inserted`, `updated` or `removed`. */
	changed(action, rid) {
		return this.#changes.find((one) => one.event === 'subscriptions-changed' && one.action === action && one.document.rid === rid);
	}

	/** Whether a text of somebody was heard in a room, whole as clients show it. */
	heard(rid, text, author) {
		const message = this.#messages.find((one) => one.rid === rid && one.msg === text);
		if (!message) return false;
		assert.equal(message.u.username, author.account.username);
		assert.equal(message.u._id, author.account.id);
		assert.match(message._id, /^.+$/);
		assert.ok(Math.abs(this.instant(message.ts) - Date.now()) < 60_000, `ts is ${JSON.stringify(message.ts)}`);
		return true;
	}

	/** Whether a system message of a type about somebody was heard in a room. */
	heardSystem(rid, t, about) {
		return this.#messages.some((one) => one.rid === rid && one.t === t && one.msg === about);
	}

	/** How much of a room has been heard so far. */
	mark(rid) {
		return this.#ofRoom(rid).length;
	}

	/** Expects the removal to say which subscription is gone. */
	expectRemoval(rid) {
		const { _id, u, t } = this.changed('removed', rid).document;
		assert.equal(typeof _id, 'string');
		assert.equal(u._id, this.account.id);
		assert.equal(t, 'p');
	}

	/** Expects that nothing of a room was heard since a mark but the removal of the subscription. */
	async expectSilence(rid, mark) {
		const since = this.#ofRoom(rid).slice(mark);
		const after = this.#changes.slice(this.#changes.indexOf(this.changed('removed', rid)) + 1);
		const heard = [...since, ...after.filter(({ document }) => [document.rid, document._id].includes(rid))];
		if (heard.length > 0) throw new Error(`${this.account.username} still heard ${JSON.stringify(heard)}`);
	}

	/** The last things heard, a line each. */
	last(count) {
		const lines = [...this.#messages, ...this.#changes].map((one) => `    ${JSON.stringify(one).slice(0, 300)}`);
		return lines.slice(-count).join('\n') || '    nothing';
	}

	#ofRoom(rid) {
		return this.#messages.filter((one) => one.rid === rid);
	}
}
