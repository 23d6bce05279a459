// How much is new, on the tab, on the icon of an installed page, and in the desktop app.

import { view } from "@/app/view";
import { type State, store } from "@/lib/store/state";
import { titleOf } from "@/lib/store/rooms";
import { marked, signOf, type Total, totalOf, unmarked } from "./badge";
import { desktop } from "./desktop";
import { preferenceIn } from "@/app/preferences";

const nothing: Total = { count: 0, some: false };

/** What the page calls itself, without the mark: a room by its name, others as they say. */
let own = unmarked(document.title);

const titled = ({ rooms, subscriptions }: State, rid: string) => titleOf(subscriptions.get(rid), rooms.get(rid));

/** The title of the room that is shown, or of the workspace until the page that is shown says another. */
function titleHere(): string {
  const { rid } = view.getState();
  const state = store.getState();
  const site = String(state.settings.get("Site_Name") || "Gantry");
  const room = rid === undefined ? "" : titled(state, rid);
  return room ? `${room} · ${site}` : site;
}

function icon({ count, some }: Total): string {
  if (count > 0) return "/favicon-mention.svg";
  return some ? "/favicon-unread.svg" : "/favicon.svg";
}

function paint(total: Total): void {
  const title = marked(total, own);
  if (document.title !== title) document.title = title;
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

/** How soon a badge tells: nobody sees it sooner, and messages come in crowds. */
const SOON = 100;

/** Keeps the badges true. Each tab counts for itself, from what the server tells all of them. */
export function keepBadge(): () => void {
  let last: Total | undefined;
  let painted: string | undefined;
  const observer = new MutationObserver(() => {
    if (unmarked(document.title) === own && last && document.title === marked(last, own)) return;
    own = unmarked(document.title);
    paint(last ?? nothing);
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const draw = () => {
    clearTimeout(timer);
    timer = undefined;
    const total = totalOf(store.getState().subscriptions.values(), preferenceIn(store.getState(), "unreadAlert") !== false);
    const other = total.count !== last?.count || total.some !== last.some;
    if (other || own !== painted) paint(total);
    if (other) tell(total);
    last = total;
    painted = own;
  };
  const move = () => {
    own = titleHere();
    draw();
  };
  const ends = [
    store.subscribe((state, before) => {
      const { rid } = view.getState();
      if (rid !== undefined && (titled(state, rid) !== titled(before, rid) || state.settings !== before.settings)) move();
      else if (state.subscriptions !== before.subscriptions || state.settings !== before.settings || state.me !== before.me) timer ??= setTimeout(draw, SOON);
    }),
    view.subscribe((now, before) => {
      if (now.rid !== before.rid) move();
    }),
    () => observer.disconnect(),
  ];
  // Pages name themselves: the mark goes before whatever they say.
  const title = document.querySelector("title");
  if (title) observer.observe(title, { childList: true, characterData: true, subtree: true });
  if (view.getState().rid !== undefined) own = titleHere();
  draw();
  return () => {
    clearTimeout(timer);
    ends.forEach((end) => end());
    paint(nothing);
    tell(nothing);
  };
}
