import { useEffect, useState } from "react";
import { ask } from "@/lib/client/link";
import type { FoundUser } from "@/lib/protocol/methods";

/** Letters come faster than answers are worth asking for. */
const PAUSE = 150;

export interface PeopleSearch {
  /** What the last answer was, until there is another. */
  found: readonly FoundUser[];
  busy: boolean;
  failed: boolean;
}

interface Answer {
  to: string;
  found: readonly FoundUser[];
  failed: boolean;
}

/** People whose names hold a text; from a room, its members come first and the others are marked as outside. */
export function usePeopleSearch(text: string, open: boolean, rid?: string, exclude: readonly string[] = []): PeopleSearch {
  const without = exclude.join(" ");
  const question = JSON.stringify([text.trim(), rid, without]);
  const [answer, setAnswer] = useState<Answer>({ to: "", found: [], failed: false });
  useEffect(() => {
    if (!open) return;
    let current = true;
    const timer = setTimeout(async () => {
      try {
        const { users } = await ask("spotlight", text.trim(), without.split(" ").filter(Boolean), { users: true, rooms: false }, rid);
        if (current) setAnswer({ to: question, found: users, failed: false });
      } catch {
        if (current) setAnswer({ to: question, found: [], failed: true });
      }
    }, PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text, open, rid, without, question]);
  return { found: answer.found, busy: answer.to !== question, failed: answer.failed };
}
