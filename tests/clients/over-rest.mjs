// A person whose client speaks on a socket alone: what starts elsewhere goes over REST, with the socket's login.

import { Person } from './person.mjs';
import { call } from './server.mjs';

export class OverRest extends Person {
	async create(topic) {
		const { group } = await this.#rest('POST', 'groups.create', { name: `${topic}-${this.account.username}`, members: [] });
		return group._id;
	}

	invite(rid, other) {
		return this.#rest('POST', 'groups.invite', { roomId: rid, userId: other.account.id });
	}

	history(rid) {
		return this.#rest('GET', `groups.history?roomId=${rid}`);
	}

	kick(rid, other) {
		return this.#rest('POST', 'groups.kick', { roomId: rid, userId: other.account.id });
	}

	#rest(method, path, body) {
		const { userId, authToken } = this.token;
		return call(method, path, body, { 'X-User-Id': userId, 'X-Auth-Token': authToken });
	}
}
