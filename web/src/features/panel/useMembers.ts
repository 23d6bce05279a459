import { useCallback, useEffect, useRef, useState } from "react";
import { useWorkspace } from "@/app/store";
import { notePresence } from "@/lib/client/presence";
import { ask } from "@/lib/client/link";
import { joined, keyOf, lastMove, PAGE, type Question, type Roster } from "./roster";

/** Letters come faster than answers are worth asking for, and people who come often come together. */
const PAUSE = { typing: 150, moving: 400 };
/** Members that are asked for anew when somebody came or went, at most; the others follow when they are scrolled to. */
const REFRESHED = 200;

async function fetchPage({ rid, text, online }: Question, skip: number, limit: number): Promise<Omit<Roster, "key">> {
  const { total, records } = await ask("getUsersOfRoom", rid, !online, { limit, skip }, text.trim());
  notePresence(records);
  return { members: records, total, more: records.length === limit };
}

export interface Members {
  roster: Roster | undefined;
  error: unknown;
  busy: boolean;
  loadMore: () => void;
  /** Shows the list without somebody. */
  drop: (uid: string) => void;
  retry: () => void;
}

/** Members of a room, asked for page by page, and again when somebody came or went. */
export function useMembers(question: Question): Members {
  const { rid, text, online } = question;
  const key = keyOf(question);
  const [roster, setRoster] = useState<Roster>();
  const [failure, setFailure] = useState<{ key: string; error: unknown }>();
  const [paging, setPaging] = useState(false);
  const [tries, setTries] = useState(0);
  const current = useRef<{ key: string; loaded: number; occasion?: string }>({ key, loaded: 0 });
  const moved = useWorkspace((state) => `${state.link.at === "open"} ${state.rooms.get(rid)?.usersCount} ${lastMove(state.timelines.get(rid)?.messages)}`);
  const occasion = `${moved} ${tries}`;

  useEffect(() => {
    const known = current.current;
    const same = known.key === key;
    const limit = same ? Math.min(REFRESHED, Math.max(PAGE, known.loaded)) : PAGE;
    let late = false;
    const load = async () => {
      try {
        const page = await fetchPage({ rid, text, online }, 0, limit);
        if (late) return;
        setRoster({ key, ...page });
        setFailure(undefined);
      } catch (error) {
        if (!late) setFailure({ key, error });
      }
    };
    const pause = known.occasion === undefined ? 0 : same ? PAUSE.moving : PAUSE.typing;
    current.current = { ...known, key, occasion };
    const timer = setTimeout(load, pause);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [rid, text, online, key, occasion]);

  useEffect(() => {
    current.current.loaded = roster?.members.length ?? 0;
  }, [roster]);

  const loadMore = useCallback(async () => {
    if (!roster?.more || roster.key !== key || paging) return;
    setPaging(true);
    try {
      const page = await fetchPage({ rid, text, online }, roster.members.length, PAGE);
      setRoster((before) => (before?.key === key ? { ...page, key, members: joined(before.members, page.members) } : before));
    } catch (error) {
      setFailure({ key, error });
    } finally {
      setPaging(false);
    }
  }, [roster, key, paging, rid, text, online]);

  const drop = useCallback((uid: string) => {
    setRoster((before) => before && { ...before, total: before.total - 1, members: before.members.filter((member) => member._id !== uid) });
  }, []);

  const shown = roster?.key.startsWith(`${rid} `) ? roster : undefined;
  return {
    roster: shown,
    error: failure?.key === key ? failure.error : undefined,
    busy: shown?.key !== key || paging,
    loadMore: () => void loadMore(),
    drop,
    retry: () => {
      setFailure(undefined);
      setTries((count) => count + 1);
    },
  };
}
