// The page that carries a session in a hidden frame, run as a browser would, and the part of sockjs-client that talks to it.

import { createRequire } from 'node:module';
import vm from 'node:vm';
import { SERVER } from './server.mjs';

const EventSource = createRequire(createRequire(import.meta.url).resolve('sockjs-client'))('eventsource');

/** As much of a browser's as the page uses. */
class XMLHttpRequest {
	#abort = new AbortController();
	#request;
	readyState = 0;

	open(method, url) {
		this.#request = { method, url };
	}

	send(body) {
		const { method, url } = this.#request;
		const answer = fetch(url, { method, body, signal: this.#abort.signal }).then(async (response) => [response.status, await response.text()]);
		answer.catch(() => [0, '']).then(([status, text]) => {
			Object.assign(this, { readyState: 4, status, responseText: text });
			this.onreadystatechange();
		});
	}

	abort() {
		this.#abort.abort();
	}
}

/** A socket like sockjs-client's, whose transport runs in the page. */
export class IframeSocket {
	#frame = `frame-${Math.random().toString(36).slice(2)}`;
	#listeners = [];
	#url = `${SERVER}/sockjs/000/${Math.random().toString(36).slice(2, 10)}`;

	constructor(transport) {
		this.transport = transport;
		this.#load().catch((error) => this.onclose({ code: 0, reason: error.message }));
	}

	send(text) {
		this.#tell('m', JSON.stringify(text));
	}

	close() {
		this.#tell('c');
	}

	async #load() {
		const page = await (await fetch(`${SERVER}/sockjs/iframe-1.6.1.html`)).text();
		const [, script] = page.match(/<script>(.*)<\/script>/s);
		const { protocol, host } = new URL(SERVER);
		this.parent = { postMessage: (text) => this.#hear(JSON.parse(text)) };
		const addEventListener = (type, listener) => type === 'message' && this.#listeners.push(listener);
		const window = { parent: this.parent, location: { hash: `#${this.#frame}`, protocol, host }, addEventListener, XMLHttpRequest, EventSource };
		vm.runInNewContext(script, window);
	}

	#tell(type, data = '', { origin = 'https://elsewhere.example', source = this.parent, windowId = this.#frame } = {}) {
		const event = { source, origin, data: JSON.stringify({ windowId, type, data }) };
		this.#listeners.forEach((listener) => listener(event));
	}

	#hear({ windowId, type, data }) {
		if (windowId !== this.#frame) throw new Error(`the page speaks for ${windowId}`);
		if (type === 's') this.#begin();
		if (type === 't') this.#take(data);
		if (type === 'c') this.onclose({ code: JSON.parse(data)[0], reason: JSON.parse(data)[1] });
	}

	#begin() {
		const wanted = JSON.stringify(['1.6.1', this.transport, this.#url, `${SERVER}/sockjs`]);
		// Neither another window, nor another frame's talk, nor an address elsewhere begins anything.
		this.#tell('s', wanted, { source: {} });
		this.#tell('s', wanted, { windowId: 'another' });
		this.#tell('s', JSON.stringify(['1.6.1', this.transport, 'https://elsewhere.example/sockjs/0/x', `${SERVER}/sockjs`]));
		this.#tell('s', wanted);
		// Nor does anybody else take part from here on.
		this.#tell('c', '', { origin: 'https://another.example' });
	}

	#take(frame) {
		if (frame === 'o') this.onopen();
		if (frame[0] === 'a') JSON.parse(frame.slice(1)).forEach((data) => this.onmessage({ data }));
		if (frame[0] === 'c') this.onclose({ code: JSON.parse(frame.slice(1))[0], reason: JSON.parse(frame.slice(1))[1] });
	}
}
