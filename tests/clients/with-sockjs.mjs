// A person who uses sockjs-client, over one of its transports, and speaks DDP by hand.

import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import SockJS from 'sockjs-client';
import { OverRest } from './over-rest.mjs';
import { SERVER, sha256 } from './server.mjs';

const { name, version } = createRequire(import.meta.url)('sockjs-client/package.json');

/** A connection of DDP, as bare as it can be. */
class Connection {
	#socket;
	#answers = new Map();
	#count = 0;

	/** Shakes hands over a socket, and tells `hear` what streams say: `(stream, event, args)`. */
	static open(socket, hear) {
		const connection = new Connection();
		connection.#socket = socket;
		return new Promise((resolve, reject) => {
			socket.onopen = () => socket.send(JSON.stringify({ msg: 'connect', version: '1', support: ['1'] }));
			socket.onclose = ({ code, reason }) => reject(new Error(`closed: ${code} ${reason}`));
			socket.onmessage = ({ data }) => {
				const frame = JSON.parse(data);
				if (frame.msg === 'connected') resolve(connection);
				else connection.#take(frame, hear);
			};
		});
	}

	/** The transport that the client chose. */
	get transport() {
		return this.#socket.transport;
	}

	call(method, ...params) {
		return this.#ask({ msg: 'method', method, params });
	}

	subscribe(stream, event) {
		return this.#ask({ msg: 'sub', name: stream, params: [event, false] });
	}

	close() {
		this.#socket.close();
	}

	#ask(frame) {
		const id = `${++this.#count}`;
		this.#socket.send(JSON.stringify({ ...frame, id }));
		return new Promise((resolve, reject) => this.#answers.set(id, { resolve, reject }));
	}

	#take(frame, hear) {
		if (frame.msg === 'ping') this.#socket.send(JSON.stringify({ msg: 'pong' }));
		if (frame.msg === 'changed' && frame.fields.eventName) hear(frame.collection, frame.fields.eventName, frame.fields.args);
		if (frame.msg === 'result' || frame.msg === 'nosub') this.#settle(frame.id, frame);
		if (frame.msg === 'ready') frame.subs.forEach((id) => this.#settle(id, {}));
	}

	#settle(id, { error, result }) {
		const answer = this.#answers.get(id);
		if (error) answer.reject(new Error(error.message));
		else answer.resolve(result);
	}
}

class WithSockjs extends OverRest {
	#ddp;

	async login() {
		const { username, password, id } = this.account;
		const { transport, connect } = this.constructor;
		this.#ddp = await Connection.open(connect(transport), (stream, event, args) => this.#heard(stream, event, args));
		if (this.#ddp.transport !== transport) throw new Error(`the client came by ${this.#ddp.transport}, not by ${transport}`);
		const login = await this.#ddp.call('login', { user: { username }, password: { digest: sha256(password), algorithm: 'sha-256' } });
		if (login.id !== id) throw new Error(`the session is logged in as ${login.id}, not ${id}`);
		this.token = { userId: login.id, authToken: login.token };
	}

	watch() {
		const events = ['subscriptions-changed', 'rooms-changed'];
		return Promise.all(events.map((event) => this.#ddp.subscribe('stream-notify-user', `${this.account.id}/${event}`)));
	}

	enter(rid) {
		return this.#ddp.subscribe('stream-room-messages', rid);
	}

	say(rid, text) {
		return this.#ddp.call('sendMessage', { _id: randomBytes(8).toString('hex'), rid, msg: text });
	}

	async isLockedOut(rid) {
		const granted = await this.enter(rid).then(() => true, () => false);
		if (granted) throw new Error('the subscription was granted');
	}

	async logout() {
		await this.#ddp.call('logout');
		this.#ddp.close();
	}

	instant(ts) {
		return ts.$date;
	}

	#heard(stream, event, args) {
		if (stream === 'stream-room-messages') this.hear(args[0]);
		else this.change(event.split('/')[1], args);
	}
}

function withClient(transport) {
	return new SockJS(`${SERVER}/sockjs`, null, { transports: [transport] });
}

/** A person whose client comes by `transport`; `connect` gives it what the client is told to use. */
export const over = (transport, connect = withClient) =>
	class extends WithSockjs {
		static client = `${name} ${version}, ${transport}`;
		static transport = transport;
		static connect = connect;
	};
