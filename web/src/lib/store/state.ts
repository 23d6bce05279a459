// What this client knows of the server: the one owner of it. Views select from here; nothing else keeps a copy.

import { createStore } from "zustand/vanilla";
import type { LinkState } from "../ddp/connection";
import type { CallError } from "../ddp/errors";
import type { Message, Permission, PresenceStatus, Role, Room, SettingValue, Subscription, User } from "../protocol/documents";
import { Pace } from "./pace";

export interface Session {
  uid: string;
  token: string;
}

/** Why nobody is logged in any more, where somebody was. */
export type Farewell = "logged-out" | "expired" | "deactivated";

/** A stretch of a room's messages without gaps, oldest first. */
export interface Timeline {
  messages: readonly Message[];
  /** Whether there are older ones on the server. */
  hasOlder: boolean;
  /** Whether there are newer ones, so that what arrives does not join on. */
  hasNewer: boolean;
  loading: "first" | "older" | "newer" | undefined;
  error: CallError | undefined;
  /** Everything that changed up to here is in it. */
  syncedTo: Date;
}

/** A message that this client sent, or is still to send. */
export interface Pending {
  message: Message & { ts: Date };
  fate: "waiting" | "sending" | "failed";
  error?: CallError;
}

export interface Presence {
  status: PresenceStatus;
  text?: string;
}

/** Who is doing something in a room, and until when that is believed: user name to epoch milliseconds. */
export type Activity = ReadonlyMap<string, number>;

export interface State {
  link: LinkState;
  session: Session | undefined;
  farewell: Farewell | undefined;
  /** Whether there is enough to show the workspace: from the local cache, or the first answer of the server. */
  ready: boolean;
  /** Whether all is as the server has it; false while it catches up. */
  inSync: boolean;
  me: User | undefined;
  settings: ReadonlyMap<string, SettingValue>;
  permissions: ReadonlyMap<string, Permission>;
  roles: ReadonlyMap<string, Role>;
  rooms: ReadonlyMap<string, Room>;
  /** By room. */
  subscriptions: ReadonlyMap<string, Subscription>;
  timelines: ReadonlyMap<string, Timeline>;
  /** By room, oldest first. */
  outbox: ReadonlyMap<string, readonly Pending[]>;
  presence: ReadonlyMap<string, Presence>;
  activity: ReadonlyMap<string, Activity>;
  /** Messages for this user alone, which nobody keeps: by room. */
  whispers: ReadonlyMap<string, readonly Message[]>;
  /** Rooms whose membership ended while this client ran. */
  gone: ReadonlyMap<string, { name: string; by: "kick" | "leave" | "delete" | "unknown" }>;
  /** Unsent text by room: whether there is any. */
  drafts: ReadonlySet<string>;
}

export const initial: State = {
  link: { at: "idle" },
  session: undefined,
  farewell: undefined,
  ready: false,
  inSync: false,
  me: undefined,
  settings: new Map(),
  permissions: new Map(),
  roles: new Map(),
  rooms: new Map(),
  subscriptions: new Map(),
  timelines: new Map(),
  outbox: new Map(),
  presence: new Map(),
  activity: new Map(),
  whispers: new Map(),
  gone: new Map(),
  drafts: new Set(),
};

export const store = createStore<State>(() => initial);

type MapOf<K extends keyof State> = State[K] extends ReadonlyMap<infer Key, infer Value> ? Map<Key, Value> : never;
type MapKey = { [K in keyof State]: State[K] extends ReadonlyMap<string, unknown> ? K : never }[keyof State];

/** A change in the making: what is written to is copied once, however many events write to it. */
export class Draft {
  private readonly next: Partial<State> = {};
  private readonly copied = new Set<keyof State>();

  constructor(private readonly base: State) {}

  get<K extends keyof State>(key: K): State[K] {
    return key in this.next ? (this.next[key] as State[K]) : this.base[key];
  }

  set<K extends keyof State>(key: K, value: State[K]): void {
    this.next[key] = value;
    this.copied.delete(key);
  }

  map<K extends MapKey>(key: K): MapOf<K> {
    if (!this.copied.has(key)) {
      this.next[key] = new Map(this.get(key) as ReadonlyMap<string, unknown>) as unknown as State[K];
      this.copied.add(key);
    }
    return this.next[key] as unknown as MapOf<K>;
  }

  get changes(): Partial<State> {
    return this.next;
  }
}

export type Change = (draft: Draft) => void;

let waiting: Change[] = [];

/** One change that fails, as on a document that is not as it should be, takes no others with it. */
function attempt(change: Change, draft: Draft): void {
  try {
    change(draft);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

function apply(): void {
  if (waiting.length === 0) return;
  const changes = waiting;
  waiting = [];
  const draft = new Draft(store.getState());
  for (const change of changes) attempt(change, draft);
  store.setState(draft.changes);
}

const pace = new Pace(apply);

/** Applies what waits, in one change of the store. */
export function flush(): void {
  pace.now();
}

/** Changes the state with the next frame, or a moment later where much arrives, together with what else does until then. */
export function soon(change: Change): void {
  waiting.push(change);
  pace.soon();
}

/** Changes the state now: for what a person did. What arrived before comes first. */
export function now(change: Change): void {
  waiting.push(change);
  flush();
}
