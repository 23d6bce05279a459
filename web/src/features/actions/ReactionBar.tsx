import { memo } from "react";
import { useTranslation } from "@/i18n";
import { useSetting, useWorkspace } from "@/app/store";
import { EmojiPicker, useEmoji } from "@/features/emoji";
import { count } from "@/i18n/format";
import type { Message, Reaction } from "@/lib/protocol/documents";
import { mayReact } from "@/lib/store/rules";
import { Icon, Tooltip } from "@/ui";
import { toggleReaction } from "./acts";
import { gaveIt, whoReacted } from "./reactions";
import styles from "./ReactionBar.module.css";

/** The reactions to a message: who gave which, and one's own to give and take back. */
export const ReactionBar = memo(function ReactionBar({ message }: { message: Message }) {
  const reactions = Object.entries(message.reactions ?? {});
  return reactions.length === 0 ? null : <Bar message={message} reactions={reactions} />;
});

function Bar({ message, reactions }: { message: Message; reactions: [string, Reaction][] }) {
  const { t } = useTranslation();
  const may = useWorkspace((state) => mayReact(state, message));
  return (
    <div className={styles.bar} role="group" aria-label={t("actions.reactions")}>
      {reactions.map(([code, reaction]) => <Chip key={code} message={message} code={code} reaction={reaction} may={may} />)}
      {may ? (
        <EmojiPicker
          trigger={<button type="button" className={styles.add} aria-label={t("actions.react")} title={t("actions.react")}><Icon name="smile-plus" size="small" /></button>}
          onPick={(code) => void toggleReaction(message, code)}
        />
      ) : null}
    </div>
  );
}

interface ChipProps {
  message: Message;
  code: string;
  reaction: Reaction;
  may: boolean;
}

function Chip({ message, code, reaction, may }: ChipProps) {
  const { t, i18n } = useTranslation();
  const username = useWorkspace((state) => state.me?.username);
  const real = useSetting("UI_Use_Real_Name") === true;
  const char = useEmoji(code);
  const own = gaveIt(reaction, username);
  const names = whoReacted(reaction, { username, real, you: t("actions.you"), more: (n) => t("actions.moreReacted", { count: n }), language: i18n.language });
  const said = t("actions.reacted", { names, code });
  return (
    <Tooltip content={said}>
      <button
        type="button"
        className={styles.chip}
        aria-pressed={own}
        aria-disabled={!may || undefined}
        aria-label={`${code} ${reaction.usernames.length}. ${said}`}
        onClick={() => may && void toggleReaction(message, code)}
      >
        <span className={char ? styles.char : styles.code}>{char ?? code}</span>
        <span className={styles.count}>{count(reaction.usernames.length)}</span>
      </button>
    </Tooltip>
  );
}
