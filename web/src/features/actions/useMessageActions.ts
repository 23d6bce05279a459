import { useTranslation } from "@/i18n";
import { useWorkspaceShallow } from "@/app/store";
import { editMessage, focusComposer, quoteMessage } from "@/features/composer";
import type { Message } from "@/lib/protocol/documents";
import { store } from "@/lib/store/state";
import type { IconName } from "@/ui";
import { copyLink, copyText, markUnread } from "./acts";
import { askAbout } from "./desk";
import { type ActionId, actionOf, actionsFor, keyOf } from "./list";
import { isPointed } from "./pointed";

export interface MessageAction {
  id: ActionId;
  label: string;
  icon: IconName;
  shortcut?: string;
  danger?: boolean;
  /** `anchor` is where a list of emoji or a menu stands. */
  run(anchor?: Element): void;
}

const icons: Record<ActionId, IconName> = { react: "smile-plus", quote: "quote", edit: "pencil", copyText: "copy", copyLink: "link", unread: "inbox", delete: "trash" };

/** Menus give the focus back when they close, which must not take it from the composer. */
const afterMenus = (what: () => void) => setTimeout(what, 0);

function run(id: ActionId, message: Message, anchor: Element | undefined): void {
  if (id === "edit") afterMenus(() => editMessage(message));
  else if (id === "quote") afterMenus(() => quoteMessage(message));
  else if (id === "copyText") void copyText(message);
  else if (id === "copyLink") void copyLink(message);
  else if (id === "unread") void markUnread(message);
  else if (id === "delete") askAbout({ kind: "delete", message });
  else if (anchor) afterMenus(() => askAbout({ kind: "react", message, anchor }));
}

/** What this user may do with a message. */
export function useMessageActions(message: Message): MessageAction[] {
  const { t } = useTranslation();
  const ids = useWorkspaceShallow((state) => actionsFor(state, message, Date.now()));
  return ids.map((id) => ({
    id,
    label: t(`actions.${id}`),
    icon: icons[id],
    shortcut: keyOf(id),
    danger: id === "delete",
    run: (anchor) => run(id, message, anchor),
  }));
}

/** Acts on the message that has the focus; whether the key meant something. */
export function handleMessageKey(event: KeyboardEvent | React.KeyboardEvent, message: Message): boolean {
  const target = event.target instanceof Element ? event.target : undefined;
  const id = actionOf(event);
  const letter = /^[^?\s]$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (letter && isPointed(event.target)) {
    // The letter lands in the composer.
    focusComposer(message.rid);
    return true;
  }
  if (event.key === "Enter" && target) askAbout({ kind: "menu", message, anchor: target });
  else if (id && actionsFor(store.getState(), message, Date.now()).includes(id)) run(id, message, target);
  else return false;
  event.preventDefault();
  return true;
}
