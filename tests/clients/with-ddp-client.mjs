// A person who uses @rocket.chat/ddp-client with its @rocket.chat/api-client: everything starts on the socket.

import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import WebSocket from 'ws';
import { DDPSDK } from '@rocket.chat/ddp-client';
import { Person } from './person.mjs';
import { SERVER, sha256 } from './server.mjs';

const { name, version } = createRequire(import.meta.url)('@rocket.chat/ddp-client/package.json');

// Made for browsers; Node has had a WebSocket of its own since version 22.
globalThis.WebSocket ??= WebSocket;

export class WithDdpClient extends Person {
	static client = `${name} ${version}`;
	#sdk = DDPSDK.create(SERVER);

	async login() {
		const { username, password, id } = this.account;
		await this.#sdk.connection.connect();
		await this.#sdk.account.loginWithPassword(username, sha256(password));
		const { user, uid } = this.#sdk.account;
		if (uid !== id) throw new Error(`the socket is logged in as ${uid}, not ${id}`);
		if (!(user.tokenExpires > new Date())) throw new Error(`the token expires at ${user.tokenExpires}`);
		this.token = { userId: uid, authToken: user.token };
		const me = await this.#rest(this.#sdk.rest.get('/v1/me'));
		if (me.username !== username) throw new Error(`REST takes the socket's token for ${me.username}'s`);
	}

	async watch() {
		const streams = ['subscriptions-changed', 'rooms-changed'].map((event) =>
			this.#sdk.stream('notify-user', `${this.account.id}/${event}`, (...args) => this.change(event, args)));
		await Promise.all(streams.map((stream) => stream.ready()));
	}

	async create(topic) {
		const answer = this.#sdk.rest.post('/v1/groups.create', { name: `${topic}-${this.account.username}`, members: [] });
		return (await this.#rest(answer)).group._id;
	}

	invite(rid, other) {
		return this.#rest(this.#sdk.rest.post('/v1/groups.invite', { roomId: rid, userId: other.account.id }));
	}

	enter(rid) {
		return this.#listen(rid).ready();
	}

	say(rid, text) {
		return this.#sdk.call('sendMessage', { _id: randomBytes(8).toString('hex'), rid, msg: text });
	}

	history(rid) {
		return this.#rest(this.#sdk.rest.get('/v1/groups.history', { roomId: rid }));
	}

	kick(rid, other) {
		return this.#rest(this.#sdk.rest.post('/v1/groups.kick', { roomId: rid, userId: other.account.id }));
	}

	async isLockedOut(rid) {
		const granted = await this.#listen(rid).ready().then(() => true, () => false);
		if (granted) throw new Error('the subscription was granted');
	}

	async logout() {
		await this.#sdk.account.logout();
		this.#sdk.connection.close();
	}

	/** The library leaves dates as they come. */
	instant(ts) {
		return ts.$date;
	}

	#listen(rid) {
		return this.#sdk.stream('room-messages', rid, (message) => this.hear(message));
	}

	/** The library rejects with the bare answer; the story wants to know what it says. */
	#rest(call) {
		return call.catch(async (answer) => {
			throw answer instanceof Response ? new Error(`${answer.url}: ${answer.status} ${await answer.text()}`) : answer;
		});
	}
}
