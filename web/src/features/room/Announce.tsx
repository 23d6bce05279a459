import { memo, useEffect, useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { useWorkspace } from "@/app/store";
import { isSystem, systemText, useName } from "@/features/message";
import { MOST_SAID } from "@/features/notify";
import type { Message } from "@/lib/protocol/documents";
import { splitQuotes } from "@/lib/protocol/quotes";
import type { Timeline } from "@/lib/store/state";
import { arrived } from "./arrived";

/**
 * What comes while somebody is in the room, for who hears it: each message once. The list itself is silent, because its
 * rows come and go with every scroll.
 */
export function Announce({ timeline }: { timeline: Timeline | undefined }) {
  const self = useWorkspace((state) => state.session?.uid);
  const known = useRef<Message>(undefined);
  const [told, tell] = useState<readonly Message[]>([]);
  const loaded = timeline && timeline.loading !== "first" && !timeline.hasNewer ? timeline.messages : undefined;
  useEffect(() => {
    if (!loaded) return;
    const before = known.current;
    known.current = loaded.at(-1);
    const news = before ? arrived(loaded, before, self) : [];
    if (news.length > 0) tell(news);
  }, [loaded, self]);
  return (
    <div className="sr-only" aria-live="polite">
      {told.map((message) => <Told key={message._id} message={message} />)}
    </div>
  );
}

const Told = memo(function Told({ message }: { message: Message }) {
  const { t } = useTranslation();
  const name = useName(message.u, message.alias);
  if (isSystem(message)) return <p>{name} {systemText(message, t)}</p>;
  return <p>{name}: {splitQuotes(message.msg).text.slice(0, MOST_SAID)}</p>;
});
