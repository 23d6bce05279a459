// What arrives while nobody looks: a notification of the system, and a sound.

import { navigate } from "wouter/use-browser-location";
import { messagePath, roomPath } from "@/app/paths";
import { view } from "@/app/view";
import { i18n } from "@/i18n";
import { sendText } from "@/lib/client/outbox";
import { type Notice, onNotice } from "@/lib/client/personal";
import type { RoomType } from "@/lib/protocol/documents";
import { type State, store } from "@/lib/store/state";
import { announce, MOST_SAID } from "./announce";
import { desktop } from "./desktop";
import type { Leadership } from "./leader";
import { preferenceIn } from "@/app/preferences";
import { playSound, soundFor } from "./sounds";
import type { Tabs } from "./tabs";

function addressOf({ payload }: Notice): string {
  const { rid, type, name, _id } = payload;
  const room = store.getState().subscriptions.get(rid) ?? { _id: rid, t: type as RoomType, name };
  return _id ? messagePath(room, _id) : roomPath(room);
}

function open(notice: Notice): void {
  window.focus();
  navigate(addressOf(notice));
}

function show(notice: Notice): void {
  const { sender, _id, rid } = notice.payload;
  const what = {
    body: notice.text || i18n.t("notify.hidden"),
    icon: `/avatar/${encodeURIComponent(sender.username)}`,
    tag: _id ?? rid,
    requireInteraction: preferenceIn(store.getState(), "desktopNotificationRequireInteraction") === true,
  };
  const app = desktop();
  if (app?.createNotification) return showInApp(notice, what);
  if (typeof Notification === "undefined" || Notification.permission !== "granted") return;
  const shown = new Notification(notice.title, what);
  shown.addEventListener("click", () => {
    shown.close();
    open(notice);
  });
}

function showInApp(notice: Notice, what: { body: string; icon: string; tag: string; requireInteraction: boolean }): void {
  const onEvent = ({ type, detail }: { type: string; detail?: unknown }) => {
    if (type === "click") open(notice);
    const reply = type === "reply" && typeof detail === "object" && detail !== null && "reply" in detail ? detail.reply : undefined;
    if (typeof reply === "string" && reply.trim()) sendText(notice.payload.rid, reply);
  };
  void desktop()?.createNotification?.({ title: notice.title, ...what, canReply: true, onEvent });
}

/** What is to be heard of a notice; `front` when somebody looks at its room. */
export function soundOf(rid: string, front: boolean, state: State = store.getState()): string | undefined {
  if (front && preferenceIn(state, "muteFocusedConversations") !== false) return undefined;
  const preferred = preferenceIn(state, "newMessageNotification");
  return soundFor(state.subscriptions.get(rid)?.audioNotificationValue, typeof preferred === "string" ? preferred : undefined);
}

function sound(notice: Notice, front: boolean): void {
  const name = soundOf(notice.payload.rid, front);
  const volume = preferenceIn(store.getState(), "notificationsSoundVolume");
  if (name) playSound(name, typeof volume === "number" ? volume : 100);
}

/** To who hears this page and is not in the room, which speaks for itself. */
function say(notice: Notice): void {
  if (!document.hasFocus() || view.getState().rid === notice.payload.rid) return;
  announce(`${notice.title}: ${notice.text || i18n.t("notify.hidden")}`.slice(0, MOST_SAID));
}

/** Tells of what arrives; one tab does for all. */
export function tellNotices(leadership: Leadership, tabs: Tabs): () => void {
  return onNotice((notice) => {
    say(notice);
    if (!leadership.leads) return;
    const front = tabs.inFront(notice.payload.rid);
    sound(notice, front);
    if (!front) show(notice);
  });
}
