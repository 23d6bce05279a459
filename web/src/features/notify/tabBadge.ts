// How much is new, on the tab, on the icon of an installed page, and in the desktop app.

import { view } from "@/app/view";
import { store } from "@/lib/store/state";
import { titleOf } from "@/lib/store/rooms";
import { signOf, tabTitle, type Total, totalOf } from "./badge";
import { desktop } from "./desktop";
import { preferenceIn } from "@/app/preferences";

const nothing: Total = { count: 0, some: false };

function place(): string | undefined {
  const { rid } = view.getState();
  const { rooms, subscriptions } = store.getState();
  return rid === undefined ? undefined : titleOf(subscriptions.get(rid), rooms.get(rid)) || undefined;
}

function icon({ count, some }: Total): string {
  if (count > 0) return "/favicon-mention.svg";
  return some ? "/favicon-unread.svg" : "/favicon.svg";
}

function paint(total: Total): void {
  const { settings } = store.getState();
  document.title = tabTitle(total, place(), String(settings.get("Site_Name") || "Gantry"));
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const wanted = icon(total);
  if (link && link.getAttribute("href") !== wanted) link.href = wanted;
}

function tell(total: Total): void {
  const sign = signOf(total);
  desktop()?.setBadge?.(sign === "" ? undefined : sign);
  dispatchEvent(new CustomEvent("unread-changed", { detail: sign }));
  // Browsers have badges for installed pages only.
  if ("setAppBadge" in navigator) {
    const shown = total.count > 0 ? navigator.setAppBadge(total.count) : total.some ? navigator.setAppBadge() : navigator.clearAppBadge();
    shown.catch(() => {});
  }
}

/** Keeps the badges true. Each tab counts for itself, from what the server tells all of them. */
export function keepBadge(): () => void {
  let last: Total | undefined;
  const draw = () => {
    const total = totalOf(store.getState().subscriptions.values(), preferenceIn(store.getState(), "unreadAlert") !== false);
    paint(total);
    if (total.count !== last?.count || total.some !== last.some) tell(total);
    last = total;
  };
  const ends = [
    store.subscribe((state, before) => {
      if (state.subscriptions !== before.subscriptions || state.settings !== before.settings || state.me !== before.me) draw();
    }),
    view.subscribe((now, before) => {
      if (now.rid !== before.rid) draw();
    }),
  ];
  draw();
  return () => {
    ends.forEach((end) => end());
    paint(nothing);
    tell(nothing);
  };
}
