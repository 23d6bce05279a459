import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "@/i18n";
import { setTheme, themes } from "@/app/appearance";
import { paths, roomPath } from "@/app/paths";
import { useMay, useMayAny, useWorkspace } from "@/app/store";
import { view } from "@/app/view";
import { ask } from "@/lib/client/link";
import type { FoundRoom, FoundUser } from "@/lib/protocol/methods";
import { millis } from "@/lib/store/moments";
import { badgeOf, partnerOf, titleOf, unreadOf } from "@/lib/store/rooms";
import { type State, store } from "@/lib/store/state";
import type { IconName } from "@/ui";
import { refused } from "../acts";
import { ADMINISTER } from "../administers";
import { openDirect } from "../openDirect";
import { type Candidate, narrowed } from "./rank";

/** One line of the switcher. */
export interface Line extends Candidate {
  icon: IconName | undefined;
  username?: string;
  count?: number;
  /** Where it leads, or what it does. */
  path?: string;
  act?: () => void;
}

type Go = (path: string) => void;

/** All rooms one is in, also those that are hidden. */
export function roomLines(state: State): Line[] {
  return [...state.subscriptions.values()].map((one): Line => {
    const room = state.rooms.get(one.rid);
    const pair = partnerOf(state, room) !== undefined;
    const title = titleOf(one, room);
    const unread = unreadOf(one);
    return {
      key: one.rid,
      kind: pair ? "person" : "room",
      title,
      also: one.name === title ? undefined : one.name,
      icon: pair ? undefined : one.t === "p" ? "lock" : one.t === "d" ? "users" : "hash",
      username: pair ? one.name : undefined,
      count: badgeOf(one),
      unread: unread === "mention" ? 2 : unread === "some" ? 1 : 0,
      visited: millis(one.ls),
      path: roomPath(one),
    };
  });
}

function useActions(go: Go): Line[] {
  const { t } = useTranslation();
  const channel = useMayAny(["create-c", "create-p"]);
  const direct = useMay("create-d");
  const administers = useMayAny(ADMINISTER);
  return useMemo(() => {
    const action = (key: string, icon: IconName, act: () => void): Line => ({ key: `>${key}`, kind: "action", title: t(`sidebar.actions.${key}`), icon, act });
    const lines = [
      action("directory", "compass", () => go(`${paths.directory}/channels`)),
      action("account", "user", () => go(paths.account)),
      action("keyboard", "keyboard", () => view.setState({ help: true })),
      ...themes.map((theme) => action(`theme-${theme}`, theme === "dark" ? "moon" : theme === "light" ? "sun" : "contrast", () => void setTheme(theme).catch(refused))),
    ];
    if (direct) lines.unshift(action("message", "message", () => view.setState({ create: "direct" })));
    if (channel) lines.unshift(action("channel", "plus", () => view.setState({ create: "channel" })));
    if (administers) lines.push(action("admin", "gear", () => go(paths.admin)));
    return lines;
  }, [t, channel, direct, administers, go]);
}

const PAUSE = 120;

/** What the server finds beyond one's own rooms. */
function useFound(text: string): { users: FoundUser[]; rooms: FoundRoom[] } {
  const { query, kind } = narrowed(text);
  const [found, note] = useState<{ query: string; users: FoundUser[]; rooms: FoundRoom[] }>({ query: "", users: [], rooms: [] });
  useEffect(() => {
    if (query.length < 1 || kind === "action") return;
    let gone = false;
    const timer = setTimeout(() => {
      ask("spotlight", query, [], { users: kind !== "room", rooms: kind !== "person" })
        .then(({ users, rooms }) => !gone && note({ query, users, rooms }))
        // What is known here is found without the server.
        .catch(() => {});
    }, PAUSE);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [query, kind]);
  return found;
}

/** All that may be meant: rooms of one's own at once, the server's as they come. */
export function useCandidates(text: string, go: Go): Line[] {
  const subscriptions = useWorkspace((state) => state.subscriptions);
  const actions = useActions(go);
  const found = useFound(text);
  const own = useMemo(() => (subscriptions.size === 0 ? [] : roomLines(store.getState())), [subscriptions]);
  return useMemo(() => {
    const rids = new Set(own.map((line) => line.key));
    const people = new Set(own.map((line) => line.username));
    const rooms = found.rooms
      .filter((room) => !rids.has(room._id))
      .map((room): Line => ({ key: room._id, kind: "room", title: room.fname || room.name, icon: room.t === "p" ? "lock" : "hash", path: roomPath(room) }));
    const users = found.users
      .filter((user) => !people.has(user.username))
      .map((user): Line => ({
        key: `@${user._id}`,
        kind: "person",
        title: user.name || user.username,
        also: user.username,
        icon: undefined,
        username: user.username,
        act: () => void openDirect(user.username, go),
      }));
    return [...own, ...rooms, ...users, ...actions];
  }, [own, found, actions, go]);
}
