import { useEffect, useState } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { useWorkspace } from "@/app/store";
import { ask } from "@/lib/client/link";
import { asCallError } from "@/lib/ddp/errors";
import type { Message } from "@/lib/protocol/documents";
import { type State, store } from "@/lib/store/state";
import { useName } from "./names";
import styles from "./Quoted.module.css";

/** What a quoted message quotes itself is left out. */
const LINKS = /\[ ?\]\([^)\s]*\)\s*/g;
const fetched = new Map<string, Promise<Message | undefined>>();
/** As many quotes as anybody scrolls past in a day. */
const FETCHED = 500;

/** Messages by id, for each stretch that was looked into: it is asked at each change of anything. */
const indexes = new WeakMap<readonly Message[], ReadonlyMap<string, Message>>();

function indexOf(messages: readonly Message[]): ReadonlyMap<string, Message> {
  let index = indexes.get(messages);
  if (!index) indexes.set(messages, (index = new Map(messages.map((message) => [message._id, message]))));
  return index;
}

function find(state: State, id: string): Message | undefined {
  for (const { messages } of state.timelines.values()) {
    const found = indexOf(messages).get(id);
    if (found) return found;
  }
  return undefined;
}

/** A message that nobody here has loaded, asked for once; nothing where it is gone or not for this user. */
function fetchOnce(id: string): Promise<Message | undefined> {
  const key = `${store.getState().session?.uid ?? ""} ${id}`;
  let asked = fetched.get(key);
  if (asked) return asked;
  if (fetched.size >= FETCHED) fetched.clear();
  asked = ask("getSingleMessage", id).catch((error: unknown) => {
    // The connection may be back the next time.
    if (asCallError(error).transient) fetched.delete(key);
    return undefined;
  });
  fetched.set(key, asked);
  return asked;
}

function useMessage(id: string): Message | undefined {
  const known = useWorkspace((state) => find(state, id));
  const [message, note] = useState<Message>();
  const missing = known === undefined;
  useEffect(() => {
    let here = true;
    if (missing) void fetchOnce(id).then((found) => here && note(found));
    return () => {
      here = false;
    };
  }, [id, missing]);
  return known ?? message;
}

/** A message that another one quotes by its link: who said what, and the way there. */
export function Quoted({ path, id }: { path: string; id: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const message = useMessage(id);
  const name = useName(message?.u, message?.alias);
  return (
    <a className={styles.quoted} href={path} onClick={(event) => (event.preventDefault(), go(path))}>
      {message && message.t !== "rm" ? <><bdi className={styles.name}>{name}</bdi> <span className={styles.text} dir="auto">{message.msg.replaceAll(LINKS, "")}</span></> : t("message.openQuote")}
    </a>
  );
}
