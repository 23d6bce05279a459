// What the story needs of the server besides the clients: the administrator, new accounts, and a look from outside.

import { createHash, randomBytes } from 'node:crypto';

/** `http://127.0.0.1:3000` */
export const SERVER = need('SERVER').replace(/\/+$/, '');

const ADMIN = { user: need('ADMIN_USERNAME'), password: need('ADMIN_PASS') };

function need(name) {
	if (process.env[name]) return process.env[name];
	console.error(`Set ${name}. Needed: SERVER (http://host:port), ADMIN_USERNAME, ADMIN_PASS of an administrator.`);
	process.exit(2);
}

export function sha256(text) {
	return createHash('sha256').update(text).digest('hex');
}

/** Calls the REST API; throws with the whole answer when it is no success. */
export async function call(method, path, body, headers = {}) {
	const response = await fetch(`${SERVER}/api/v1/${path}`, {
		method,
		headers: { 'Content-Type': 'application/json', ...headers },
		body: body && JSON.stringify(body),
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
	return JSON.parse(text);
}

/** The administrator, who lifts the limits of calls for the length of the story. */
export class Administrator {
	#headers;
	#before;

	static async unlimited() {
		const admin = new Administrator();
		const { data } = await call('POST', 'login', ADMIN);
		// Settings are guarded by a second factor, which for accounts without one is the password.
		const factor = { 'x-2fa-method': 'password', 'x-2fa-code': sha256(ADMIN.password) };
		admin.#headers = { 'X-User-Id': data.userId, 'X-Auth-Token': data.authToken, ...factor };
		admin.#before = (await call('GET', 'settings/API_Enable_Rate_Limiter', undefined, admin.#headers)).value;
		await admin.#limit(false);
		return admin;
	}

	/** Puts the limits back as they were. */
	restore() {
		return this.#limit(this.#before);
	}

	#limit(value) {
		return call('POST', 'settings/API_Enable_Rate_Limiter', { value }, this.#headers);
	}
}

/** Registers an account with a name of its own, so that the story can be told again on the same server. */
export async function register(name) {
	const username = `${name}-${randomBytes(4).toString('hex')}`;
	const password = `Aa1-${randomBytes(12).toString('base64url')}`;
	const { user } = await call('POST', 'users.register', { username, name, email: `${username}@example.org`, pass: password });
	return { id: user._id, username, password };
}

/** Expects that nobody is behind a token any more. */
export async function stranger({ userId, authToken }) {
	const response = await fetch(`${SERVER}/api/v1/me`, { headers: { 'X-User-Id': userId, 'X-Auth-Token': authToken } });
	if (response.status !== 401) throw new Error(`GET me with the token of a logout: ${response.status}, not 401`);
}
