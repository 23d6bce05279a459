import { useCallback, useEffect, useMemo, useState } from "react";
import { useWorkspace } from "@/app/store";
import { ask } from "@/lib/client/link";
import { asCallError, type CallError } from "@/lib/ddp/errors";
import { type Asked, type Listed, queryOf } from "./listing";

const PAUSE = 200;

export interface Listing {
  listed: Listed | undefined;
  busy: boolean;
  error: CallError | undefined;
  /** Nothing may be seen of this shelf. */
  barred: boolean;
  retry: () => void;
}

interface Request {
  query: ReturnType<typeof queryOf>;
  /** A second try is another request. */
  tries: number;
}

interface Answer {
  listed: Listed | undefined;
  error: CallError | undefined;
  barred: boolean;
  /** What it answers. */
  to: Request;
}

async function answerTo(request: Request): Promise<Answer> {
  const found = await ask("browseChannels", request.query);
  const listed = found && ({ total: found.total, entries: found.results } as Listed);
  return { listed, error: undefined, barred: !found, to: request };
}

/** A page of the directory; what is shown stays until what was asked for is there. */
export function useListing(asked: Asked): Listing {
  const open = useWorkspace((state) => state.link.at === "open");
  const [answer, note] = useState<Answer>();
  const [tries, again] = useState(0);
  const request = useMemo(() => ({ query: queryOf(asked), tries }), [asked, tries]);
  useEffect(() => {
    if (!open) return;
    let gone = false;
    const timer = setTimeout(() => {
      answerTo(request)
        .then((found) => !gone && note(found))
        .catch((thrown: unknown) => {
          if (!gone) note((before) => ({ listed: before?.listed, barred: false, error: asCallError(thrown), to: request }));
        });
    }, PAUSE);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [request, open]);
  const retry = useCallback(() => again((count) => count + 1), []);
  const answered = answer?.to === request;
  return { listed: answer?.listed, busy: !answered, error: answered ? answer.error : undefined, barred: answer?.barred === true, retry };
}
