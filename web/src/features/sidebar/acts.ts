// What is done to a room from its row: shown at once, taken back when the server refuses.

import { explain, explained } from "@/app/explain";
import { roomPath } from "@/app/paths";
import { i18n } from "@/i18n";
import { call } from "@/lib/client/link";
import type { Subscription } from "@/lib/protocol/documents";
import { now, store } from "@/lib/store/state";
import { toast } from "@/ui";

function change(rid: string, changes: Partial<Subscription>): void {
  now((draft) => {
    const known = draft.get("subscriptions").get(rid);
    if (known) draft.map("subscriptions").set(rid, { ...known, ...changes });
  });
}

/** Shows a change before the server has it. */
async function tried(rid: string, changes: Partial<Subscription>, act: () => Promise<unknown>): Promise<boolean> {
  const before = store.getState().subscriptions.get(rid);
  if (!before) return false;
  change(rid, changes);
  try {
    await act();
    return true;
  } catch (thrown) {
    const back = Object.fromEntries(Object.keys(changes).map((key) => [key, before[key as keyof Subscription]]));
    change(rid, back);
    refused(thrown);
    return false;
  }
}

export function refused(thrown: unknown): void {
  toast({ kind: "danger", title: i18n.t("sidebar.failed"), description: explain(thrown) });
}

export function markRead(rid: string): void {
  void tried(rid, { alert: false, unread: 0, userMentions: 0, groupMentions: 0 }, () => call("readMessages", rid, true));
}

/** Unread from its last message on. */
export function markUnread(rid: string): void {
  const { timelines, rooms } = store.getState();
  const last = timelines.get(rid)?.messages.at(-1) ?? rooms.get(rid)?.lastMessage;
  if (last) void tried(rid, { alert: true }, () => call("unreadMessages", { _id: last._id }));
}

export function setFavourite(rid: string, favourite: boolean): void {
  void tried(rid, { f: favourite }, () => call("toggleFavorite", rid, favourite));
}

/** Out of the sidebar until something new comes; a word says how to have it back. */
export async function hide(rid: string, name: string): Promise<void> {
  if (!(await tried(rid, { open: false, alert: false }, () => call("hideRoom", rid)))) return;
  const undo = () => void tried(rid, { open: true }, () => call("openRoom", rid));
  toast({ title: i18n.t("sidebar.hidden", { name }), action: { label: i18n.t("sidebar.undo"), onAction: undo } });
}

/** What is thrown can be shown. */
export async function leave(rid: string): Promise<void> {
  await explained(call("leaveRoom", rid));
}

export async function copyLink(subscription: Subscription): Promise<void> {
  const address = new URL(roomPath(subscription), location.href).href;
  try {
    await navigator.clipboard.writeText(address);
    toast({ title: i18n.t("sidebar.copied") });
  } catch {
    // Browsers give the clipboard only to pages that came over HTTPS.
    toast({ title: i18n.t("sidebar.notCopied"), description: address, timeout: 0 });
  }
}
