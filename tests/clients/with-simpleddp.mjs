// A person who uses simpleddp, which was made for Meteor's servers and knows nothing of chat.

import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import WebSocket from 'ws';
import { OverRest } from './over-rest.mjs';
import { SERVER, sha256 } from './server.mjs';

const require = createRequire(import.meta.url);
const SimpleDDP = require('simpleddp');
const { name, version } = require('simpleddp/package.json');

export class WithSimpleddp extends OverRest {
	static client = `${name} ${version}`;
	#ddp = new SimpleDDP({ endpoint: `${SERVER.replace(/^http/, 'ws')}/websocket`, SocketConstructor: WebSocket, autoConnect: false });

	async login() {
		const { username, password, id } = this.account;
		await this.#ddp.connect();
		this.#ddp.on('changed', ({ collection, fields }) => this.#heard(collection, fields));
		const login = await this.#ddp.call('login', { user: { username }, password: { digest: sha256(password), algorithm: 'sha-256' } });
		if (login.id !== id) throw new Error(`the socket is logged in as ${login.id}, not ${id}`);
		if (!(login.tokenExpires > new Date())) throw new Error(`the token expires at ${login.tokenExpires}`);
		this.token = { userId: login.id, authToken: login.token };
	}

	watch() {
		const events = ['subscriptions-changed', 'rooms-changed'];
		return Promise.all(events.map((event) => this.#subscribe('stream-notify-user', `${this.account.id}/${event}`)));
	}

	enter(rid) {
		return this.#subscribe('stream-room-messages', rid);
	}

	say(rid, text) {
		return this.#ddp.call('sendMessage', { _id: randomBytes(8).toString('hex'), rid, msg: text });
	}

	/** The library takes a subscription that it has had for one that it still has, so this asks below it. */
	async isLockedOut(rid) {
		const id = this.#ddp.ddpConnection.sub('stream-room-messages', [rid, false]);
		const answer = (msg) => new Promise((resolve) => this.#ddp.on(msg, (frame) => (frame.id === id || frame.subs?.includes(id)) && resolve(msg)));
		if ((await Promise.race([answer('ready'), answer('nosub')])) === 'ready') throw new Error('the subscription was granted');
	}

	async logout() {
		await this.#ddp.call('logout');
		await this.#ddp.disconnect();
	}

	/** The library makes dates of EJSON's. */
	instant(ts) {
		return ts.getTime();
	}

	#subscribe(stream, event) {
		return this.#ddp.subscribe(stream, event, false).ready();
	}

	#heard(stream, { eventName, args }) {
		if (stream === 'stream-room-messages') this.hear(args[0]);
		if (stream === 'stream-notify-user') this.change(eventName.split('/')[1], args);
	}
}
