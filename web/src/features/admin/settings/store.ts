// The definitions of all settings: fetched once when the administration needs them, kept true by the server's events while
// somebody looks.

import { useEffect, useMemo } from "react";
import { createStore, useStore } from "zustand";
import { ask, call, listen } from "@/lib/client/link";
import { asCallError, type CallError } from "@/lib/ddp/errors";
import type { SettingValue } from "@/lib/protocol/documents";
import { store as workspace } from "@/lib/store/state";
import { type Definition, lockOf } from "./definition";
import { type Condition, unmet } from "./query";
import { WITHHELD } from "./values";

interface Known {
  uid: string | undefined;
  all: ReadonlyMap<string, Definition> | undefined;
  error: CallError | undefined;
}

const store = createStore<Known>(() => ({ uid: undefined, all: undefined, error: undefined }));

let watchers = 0;
let stop = () => {};

async function fetchAll(): Promise<void> {
  const uid = workspace.getState().session?.uid;
  if (store.getState().uid !== uid) store.setState({ uid, all: undefined, error: undefined });
  try {
    const all = (await ask("private-settings/get")) as Definition[];
    store.setState({ all: new Map(all.map((one) => [one._id, one])), error: undefined });
  } catch (thrown) {
    store.setState({ error: asCallError(thrown) });
  }
}

function put(id: string, change: Partial<Definition>): void {
  const { all } = store.getState();
  const one = all?.get(id);
  if (all && one) store.setState({ all: new Map(all).set(id, { ...one, ...change }) });
}

function watch(): () => void {
  watchers += 1;
  if (watchers === 1) {
    void fetchAll();
    stop = listen("notify-logged", "private-settings-changed", ([, changed]) => {
      const { _id, value, editor } = changed as Definition;
      put(_id, editor === undefined ? { value } : { value, editor });
    });
  }
  return () => {
    watchers -= 1;
    if (watchers === 0) stop();
  };
}

/** All settings; `all` is not there until they have come. */
export function useSettings(): Known & { again: () => void } {
  useEffect(watch, []);
  const known = useStore(store);
  return { ...known, again: () => void fetchAll() };
}

/** One setting, for the field that shows it. */
export function useDefinition(id: string): Definition | undefined {
  return useStore(store, ({ all }) => all?.get(id));
}

/** The first of these settings that this server does not offer. */
export function useAbsent(ids: readonly string[]): string | undefined {
  return useStore(store, ({ all }) =>
    ids.find((id) => {
      const one = all?.get(id);
      return one && lockOf(one) === "absent";
    }),
  );
}

/** The conditions of a query that do not hold as the settings are. */
export function useUnmet(query: unknown): Condition[] {
  const text = useStore(store, ({ all }) => JSON.stringify(unmet(query, (id) => all?.get(id)?.value)));
  return useMemo(() => JSON.parse(text) as Condition[], [text]);
}

/** Saves a value. Fails with a `CallError`. */
export async function save(id: string, value: SettingValue, editor?: string): Promise<void> {
  await call("saveSetting", id, value, editor);
  const secret = store.getState().all?.get(id)?.secret;
  // A secret is not kept here either.
  put(id, { value: secret && value !== "" ? WITHHELD : value, ...(editor && { editor }) });
}
