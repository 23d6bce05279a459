// One connection to the server: DDP over a WebSocket, kept up for as long as the page lives.
//
// It knows methods, subscriptions and heartbeats, and nothing of chat. What is subscribed to stays subscribed to over
// reconnects; calls that were under way when the connection was lost fail with `lost`, and the caller decides.

import { CallError, readError } from "./errors";
import { fromEjson, toEjson } from "./ejson";
import type { Handler, Listener, Turns } from "./listener";

/** Where the connection stands. `refused` is kept apart: the server has no room, and is asked less often. */
export type LinkState = { at: "idle" } | { at: "connecting" } | { at: "open" } | { at: "waiting"; until: number };

interface Waiting {
  resolve(value: unknown): void;
  reject(error: CallError): void;
}

export interface ConnectionOptions {
  url: string;
  /** Logs in again, before anything that was subscribed to is subscribed to anew. */
  onOpen(): Promise<void>;
  onState(state: LinkState): void;
  /** How sockets are made; tests give their own. */
  socket?: (url: string) => WebSocket;
}

const SILENCE = 25_000;
const PATIENCE = 12_000;
const SLOWEST = 30_000;
/** How long is waited where the server asks to slow down without saying for how long, and at most. */
const [PAUSE, LONGEST_PAUSE] = [1_000, 60_000];

export class Connection {
  private socket: WebSocket | undefined;
  private state: LinkState = { at: "idle" };
  private readonly calls = new Map<string, Waiting>();
  private readonly listeners = new Map<string, Listener>();
  private readonly byId = new Map<string, Listener>();
  private lastId = 0;
  private failures = 0;
  private heard = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;
  /** Whether who logs in has done so, and subscriptions go out as they are made. */
  private settled = false;

  constructor(private readonly options: ConnectionOptions) {}

  get open(): boolean {
    return this.state.at === "open";
  }

  /** Whether it is open, and who logs in has done so. */
  get ready(): boolean {
    return this.settled;
  }

  /** Connects, now if it was waiting to. */
  connect(): void {
    if (this.socket) return;
    clearTimeout(this.timer);
    this.enter({ at: "connecting" });
    const socket = (this.options.socket ?? ((url) => new WebSocket(url)))(this.options.url);
    this.socket = socket;
    socket.addEventListener("open", () => this.send({ msg: "connect", version: "1", support: ["1", "pre2", "pre1"] }));
    socket.addEventListener("message", (event) => {
      if (this.socket === socket) this.receive(String(event.data));
    });
    socket.addEventListener("close", () => this.lost(socket));
    this.heard = Date.now();
    clearInterval(this.beat);
    this.beat = setInterval(() => this.watch(), 5_000);
  }

  /** Ends the connection until `connect` is called again. */
  close(): void {
    const socket = this.socket;
    this.socket = undefined;
    this.down();
    socket?.close();
    this.enter({ at: "idle" });
  }

  /** Lets go of a connection that may be dead without having said so, as after sleep, and connects anew. */
  restart(): void {
    const socket = this.socket;
    this.failures = 0;
    if (socket) {
      this.socket = undefined;
      this.down();
      socket.close();
    }
    this.connect();
  }

  /** Lets go of a connection that is of no use, and connects anew after a while: the longer, the more often that failed. */
  giveUp(): void {
    const socket = this.socket;
    if (!socket) return;
    this.lost(socket);
    socket.close();
  }

  /** Whether the server still answers: asked when the page wakes or the network comes back. */
  probe(): void {
    if (this.state.at === "waiting") return this.connect();
    if (this.state.at !== "open") return;
    const before = this.heard;
    this.send({ msg: "ping" });
    setTimeout(() => {
      if (this.open && this.heard === before) this.restart();
    }, 4_000);
  }

  /** Calls a method. */
  call(method: string, params: unknown[]): Promise<unknown> {
    if (!this.open) return Promise.reject(new CallError("offline", "Not connected"));
    const id = this.nextId();
    return new Promise((resolve, reject) => {
      this.calls.set(id, { resolve, reject });
      this.send({ msg: "method", method, id, params: params.map(toEjson) });
    });
  }

  /**
   * Hears an event of a stream from now on, over reconnects, until the returned function is called.
   * Several who hear the same event share one subscription.
   */
  listen(stream: string, event: string, handler: Handler, params: unknown[] = [false], turns: Turns = {}): () => void {
    const key = `${stream}/${event}`;
    let listener = this.listeners.get(key);
    if (!listener) {
      listener = { stream, event, params, handlers: new Set(), turns };
      this.listeners.set(key, listener);
      if (this.settled) this.subscribe(listener);
    }
    listener.handlers.add(handler);
    return () => this.unlisten(key, handler);
  }

  /** Says something about a subscription that stands, as the list of who is watched; not repeated after a reconnect. */
  amend(stream: string, event: string, params: unknown): void {
    if (this.settled) this.send({ msg: "sub", id: this.nextId(), name: `stream-${stream}`, params: [event, toEjson(params)] });
  }

  private unlisten(key: string, handler: Handler): void {
    const listener = this.listeners.get(key);
    if (!listener?.handlers.delete(handler) || listener.handlers.size > 0) return;
    this.listeners.delete(key);
    clearTimeout(listener.again);
    if (listener.id === undefined) return;
    this.byId.delete(listener.id);
    if (this.settled) this.send({ msg: "unsub", id: listener.id });
  }

  private subscribe(listener: Listener): void {
    listener.id = this.nextId();
    this.byId.set(listener.id, listener);
    this.send({ msg: "sub", id: listener.id, name: `stream-${listener.stream}`, params: [listener.event, ...listener.params.map(toEjson)] });
  }

  private receive(text: string): void {
    this.heard = Date.now();
    let message: Record<string, unknown>;
    try {
      message = JSON.parse(text) as Record<string, unknown>;
    } catch {
      return;
    }
    const id = String(message.id ?? "");
    switch (message.msg) {
      case "connected":
        return void this.arrived();
      case "ping":
        return this.send(message.id === undefined ? { msg: "pong" } : { msg: "pong", id: message.id });
      case "result":
        return this.answered(id, message);
      case "changed":
        return this.changed(message);
      case "nosub":
        return this.refused(id, message);
    }
  }

  private async arrived(): Promise<void> {
    const socket = this.socket;
    this.enter({ at: "open" });
    try {
      await this.options.onOpen();
    } catch {
      // Who logs in has said what it means; the connection goes on without a user.
    }
    if (this.socket !== socket || !this.open) return;
    this.failures = 0;
    this.settled = true;
    for (const listener of this.listeners.values()) this.subscribe(listener);
  }

  private answered(id: string, message: Record<string, unknown>): void {
    const waiting = this.calls.get(id);
    this.calls.delete(id);
    if (!waiting) return;
    if (message.error) waiting.reject(readError(message.error));
    else waiting.resolve(fromEjson(message.result));
  }

  private changed(message: Record<string, unknown>): void {
    const collection = String(message.collection ?? "");
    if (!collection.startsWith("stream-")) return;
    const fields = message.fields as { eventName?: string; args?: unknown[] } | undefined;
    const stream = collection.slice("stream-".length);
    const name = fields?.eventName ?? "";
    // Presence names the user it is about where others name the event.
    const listener = this.listeners.get(`${stream}/${name}`) ?? (stream === "user-presence" ? this.listeners.get("user-presence/") : undefined);
    if (!listener) return;
    const args = fromEjson(fields?.args ?? []) as unknown[];
    for (const handler of listener.handlers) handler(args, name);
  }

  private refused(id: string, message: Record<string, unknown>): void {
    const listener = this.byId.get(id);
    if (!listener || !message.error) return;
    this.byId.delete(id);
    listener.id = undefined;
    const error = readError(message.error);
    if (error.id === "too-many-requests") this.subscribeLater(listener, error);
    else listener.turns.refused?.(error);
  }

  /** What was refused only for coming too fast is asked for again; a new connection does so anyway. */
  private subscribeLater(listener: Listener, { details }: CallError): void {
    const wait = typeof details?.timeToReset === "number" ? details.timeToReset : PAUSE;
    // Many are refused together: they do not come back all at once.
    const spread = Math.random() * PAUSE;
    clearTimeout(listener.again);
    listener.again = setTimeout(() => {
      if (!this.settled || listener.id !== undefined) return;
      this.subscribe(listener);
      listener.turns.late?.();
    }, Math.min(Math.max(wait, 0), LONGEST_PAUSE) + spread);
  }

  /** A connection that has been silent for long is asked whether it lives, and given up if it does not say so. */
  private watch(): void {
    const silence = Date.now() - this.heard;
    if (silence > SILENCE + PATIENCE) this.restart();
    else if (this.open && silence > SILENCE) this.send({ msg: "ping" });
  }

  private lost(socket: WebSocket): void {
    if (this.socket !== socket) return;
    this.socket = undefined;
    this.down();
    this.failures += 1;
    // The first return is immediate; then ever later, and never all clients at once.
    const longest = Math.min(SLOWEST, 500 * 2 ** (this.failures - 1));
    const wait = longest / 2 + (Math.random() * longest) / 2;
    this.enter({ at: "waiting", until: Date.now() + wait });
    this.timer = setTimeout(() => this.connect(), wait);
  }

  private down(): void {
    this.settled = false;
    clearInterval(this.beat);
    clearTimeout(this.timer);
    this.byId.clear();
    for (const listener of this.listeners.values()) {
      listener.id = undefined;
      clearTimeout(listener.again);
    }
    const error = new CallError("lost", "The connection was lost");
    for (const waiting of this.calls.values()) waiting.reject(error);
    this.calls.clear();
  }

  private enter(state: LinkState): void {
    this.state = state;
    this.options.onState(state);
  }

  private nextId(): string {
    this.lastId += 1;
    return String(this.lastId);
  }

  private send(message: object): void {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(message));
  }
}
