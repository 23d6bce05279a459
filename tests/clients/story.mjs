// The story that every pair of clients plays: two people, a private group, and one of them is shown the door.

import { Administrator, register, stranger } from './server.mjs';
import { Telling } from './telling.mjs';

/**
 * Plays the story with the client of Ann (who founds, invites and kicks) and the client of Bob, and ends the process:
 * 0 and a summary in JSON when all of it came true, 1 and the reason when not.
 */
export async function play(Ann, Bob) {
	const telling = new Telling({ ann: Ann.client, bob: Bob.client });
	process.exit((await telling.tell(() => story(telling, Ann, Bob))) ? 0 : 1);
}

async function story(telling, Ann, Bob) {
	const { step, until } = telling;
	const admin = await step('the administrator lets tests call as often as they like', () => Administrator.unlimited());
	telling.afterwards(() => admin.restore());

	const ann = await step('Ann registers', async () => new Ann(await register('ann')));
	const bob = await step('Bob registers', async () => new Bob(await register('bob')));
	telling.watch(ann, bob);
	await step('Ann logs in', () => ann.login());
	await step('Bob logs in', () => bob.login());
	await step('both follow their own rooms and subscriptions', () => Promise.all([ann.watch(), bob.watch()]));

	// Two groups: Bob loses one, and what he still hears of the other shows that his socket is alive.
	const [den, lounge] = await step('Ann creates two private groups', () => Promise.all(['den', 'lounge'].map((name) => ann.create(name))));
	await step('Ann invites Bob to both', () => Promise.all([den, lounge].map((rid) => ann.invite(rid, bob))));
	await step('Bob hears that he is a member of both', () =>
		Promise.all([den, lounge].map((rid) => until(() => bob.changed('inserted', rid)))));
	await step('both enter both groups', () => Promise.all([ann, bob].flatMap((one) => [den, lounge].map((rid) => one.enter(rid)))));

	await step('Ann says something', () => ann.say(den, 'Good morning, Bob'));
	await step('both hear it', () => Promise.all([ann, bob].map((one) => until(() => one.heard(den, 'Good morning, Bob', ann)))));
	await step('Bob answers', () => bob.say(den, 'Good morning, Ann'));
	await step('both hear that', () => Promise.all([ann, bob].map((one) => until(() => one.heard(den, 'Good morning, Ann', bob)))));

	const before = bob.mark(den);
	await step('Ann kicks Bob', () => ann.kick(den, bob));
	await step('Bob hears that his subscription is removed', () => until(() => bob.changed('removed', den)));
	bob.expectRemoval(den);
	await step('Ann hears who was kicked', () => until(() => ann.heardSystem(den, 'ru', bob.account.username)));

	await step('Ann says something that is not for Bob', () => ann.say(den, 'He is gone'));
	await step('Ann hears it', () => until(() => ann.heard(den, 'He is gone', ann)));
	await step('Ann says something in the other group', () => ann.say(lounge, 'Are you still there?'));
	await step('Bob hears that', () => until(() => bob.heard(lounge, 'Are you still there?', ann)));
	await step('and has heard nothing more of the first', () => bob.expectSilence(den, before));
	await step('Bob cannot listen there again', () => bob.isLockedOut(den));
	await step('Bob cannot say anything there', () => refused(() => bob.say(den, 'Let me in')));
	await step('Bob cannot read there', () => refused(() => bob.history(den)));
	await step('Bob can still answer in the other', () => bob.say(lounge, 'I am'));
	await step('both hear it', () => Promise.all([ann, bob].map((one) => until(() => one.heard(lounge, 'I am', bob)))));

	await step('both log out', () => Promise.all([ann.logout(), bob.logout()]));
	await step('and their tokens are worth nothing', () => Promise.all([ann, bob].map((one) => stranger(one.token))));
}

/** Expects an act to be refused. */
async function refused(act) {
	const answer = await act().then((value) => ({ value }), () => undefined);
	if (answer) throw new Error(`it was not refused, but answered ${JSON.stringify(answer.value)}`);
}
