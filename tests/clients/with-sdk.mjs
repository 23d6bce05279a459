// A person who uses @rocket.chat/sdk 1.0: REST login, resume on the socket, streams by name.

import { createRequire } from 'node:module';
import { Rocketchat } from '@rocket.chat/sdk';
import { Person } from './person.mjs';
import { SERVER } from './server.mjs';

const { name, version } = createRequire(import.meta.url)('@rocket.chat/sdk/package.json');

export class WithSdk extends Person {
	static client = `${name} ${version}`;
	#client = new Rocketchat({ host: SERVER, useSsl: SERVER.startsWith('https'), protocol: 'ddp' });

	async login() {
		const { username, password, id } = this.account;
		await this.#client.connect({});
		const { id: logged } = await this.#client.login({ username, password });
		if (logged !== id) throw new Error(`the socket is logged in as ${logged}, not ${id}`);
		const { userId, authToken } = this.#client.currentLogin;
		this.token = { userId, authToken };
	}

	async watch() {
		await this.#client.onStreamData('stream-notify-user', ({ fields: { eventName, args } }) => {
			const [uid, event] = eventName.split('/');
			if (uid === this.account.id && event.endsWith('-changed')) this.change(event, args);
		});
		await this.#client.onMessage((message) => this.hear(message));
		await this.#client.subscribeNotifyUser();
		await this.#client.subscribeNotifyAll();
		await this.#client.subscribeLoggedNotify();
	}

	async create(topic) {
		const { group } = await this.#client.post('groups.create', { name: `${topic}-${this.account.username}` }, true);
		return group._id;
	}

	invite(rid, other) {
		return this.#client.post('groups.invite', { roomId: rid, userId: other.account.id }, true);
	}

	enter(rid) {
		return this.#client.subscribeRoom(rid);
	}

	say(rid, text) {
		return this.#client.sendMessage(text, rid);
	}

	history(rid) {
		return this.#client.get('groups.history', { roomId: rid }, true);
	}

	kick(rid, other) {
		return this.#client.post('groups.kick', { roomId: rid, userId: other.account.id }, true);
	}

	/** The library tells its caller nothing of a refused subscription, so this listens to the frame itself. */
	async isLockedOut(rid) {
		const refused = new Promise((resolve) => void this.#client.onStreamData('nosub', resolve));
		const subscribed = this.#client.subscribe('stream-room-messages', rid).then(() => {
			throw new Error('the subscription was granted');
		});
		await Promise.race([refused, subscribed]);
	}

	async logout() {
		await this.#client.logout();
		await this.#client.disconnect();
	}

	/** The library makes a `Date` of a message's `ts`. */
	instant(ts) {
		return ts.getTime();
	}
}
