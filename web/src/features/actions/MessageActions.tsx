import { useTranslation } from "@/i18n";
import { EmojiPicker, quickEmoji, useEmoji } from "@/features/emoji";
import type { Message } from "@/lib/protocol/documents";
import { Menu, Toolbar, ToolbarButton, ToolbarItem } from "@/ui";
import { toggleReaction } from "./acts";
import styles from "./MessageActions.module.css";
import { type MessageAction, useMessageActions } from "./useMessageActions";

/** Those that stand in the open; the others are in the menu. */
const OPEN: readonly string[] = ["quote", "edit"];
const QUICK = 2;

/** What can be done with a message, at its corner. */
export function MessageActions({ message }: { message: Message }) {
  const { t } = useTranslation();
  const actions = useMessageActions(message);
  const reacts = actions.some((one) => one.id === "react");
  if (actions.length === 0) return null;
  return (
    <Toolbar raised label={t("actions.label")}>
      {reacts ? quickEmoji(QUICK).map((name) => <Quick key={name} message={message} name={name} />) : null}
      {reacts ? <EmojiPicker align="end" trigger={<ToolbarButton icon="smile-plus" label={t("actions.react")} shortcut="+" />} onPick={(code) => void toggleReaction(message, code)} /> : null}
      {actions.filter((one) => OPEN.includes(one.id)).map((one) => <ToolbarButton key={one.id} icon={one.icon} label={one.label} shortcut={one.shortcut} onClick={() => one.run()} />)}
      <More actions={actions} />
    </Toolbar>
  );
}

function Quick({ message, name }: { message: Message; name: string }) {
  const { t } = useTranslation();
  const char = useEmoji(name);
  if (!char) return null;
  return (
    <ToolbarItem>
      <button type="button" className={styles.quick} aria-label={t("actions.reactWith", { name })} onClick={() => void toggleReaction(message, `:${name}:`)}>
        {char}
      </button>
    </ToolbarItem>
  );
}

function More({ actions }: { actions: readonly MessageAction[] }) {
  const { t } = useTranslation();
  return <Menu align="end" trigger={<ToolbarButton icon="more" label={t("actions.more")} />} items={menuItems(actions.filter((one) => one.id !== "react"))} />;
}

/** The actions as entries of a menu; what cannot be undone stands apart. */
export function menuItems(actions: readonly MessageAction[], anchor?: Element) {
  return actions.flatMap((one) => {
    const item = { label: one.label, icon: one.icon, shortcut: one.shortcut, danger: one.danger, onSelect: () => one.run(anchor) };
    return one.danger && actions.length > 1 ? [{ kind: "separator" } as const, item] : [item];
  });
}
