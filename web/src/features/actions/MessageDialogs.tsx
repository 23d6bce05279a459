import { useTranslation } from "@/i18n";
import { useWorkspace } from "@/app/store";
import { focusComposer } from "@/features/composer";
import { EmojiBoard } from "@/features/emoji";
import { deleteMessage } from "@/lib/client/changes";
import { CallError } from "@/lib/ddp/errors";
import type { Message } from "@/lib/protocol/documents";
import { splitQuotes } from "@/lib/protocol/quotes";
import { isOwn } from "@/lib/store/rules";
import { type Anchor, ConfirmDialog, Menu, Popover } from "@/ui";
import { toggleReaction } from "./acts";
import { closeQuestion, useQuestion } from "./desk";
import { menuItems } from "./MessageActions";
import styles from "./MessageDialogs.module.css";
import { useMessageActions } from "./useMessageActions";

const close = (open: boolean) => open || closeQuestion();

/** Once in each room: what is asked about one of its messages. */
export function MessageDialogs() {
  const question = useQuestion();
  if (!question) return null;
  if (question.kind === "delete") return <Delete message={question.message} />;
  if (question.kind === "menu") return <Choose message={question.message} anchor={question.anchor} />;
  return <React message={question.message} anchor={question.anchor} />;
}

/** The message is chosen again, so that its keys go on; the toolkit would go to the first button in it. */
function backTo({ _id }: Message): () => boolean {
  return () => {
    document.querySelector<HTMLElement>(`[data-message="${CSS.escape(_id)}"]`)?.focus({ preventScroll: true });
    return false;
  };
}

const LONGEST = 160;

function Delete({ message }: { message: Message }) {
  const { t } = useTranslation();
  const own = useWorkspace((state) => isOwn(state, message));
  const name = message.alias ?? message.u.name ?? message.u.username ?? "";
  const said = splitQuotes(message.msg).text;
  const text = said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said;
  const confirm = async () => {
    try {
      await deleteMessage(message);
      // The message that had the focus is gone.
      setTimeout(() => focusComposer(message.rid), 0);
    } catch (thrown) {
      if (thrown instanceof CallError && thrown.transient) throw new Error(t("actions.noConnection"), { cause: thrown });
      throw thrown;
    }
  };
  return (
    <ConfirmDialog open danger onOpenChange={close} title={own ? t("actions.deleteOwn") : t("actions.deleteTitle", { name })} body={t("actions.deleteBody")} confirmLabel={t("actions.delete")} onConfirm={confirm} finalFocus={backTo(message)}>
      {text ? <blockquote className={styles.excerpt} dir="auto">{text}</blockquote> : null}
    </ConfirmDialog>
  );
}

/** Within the message: at its very edge there is no room beside the window's. */
function within(element: Element): Anchor {
  const edge = 24;
  return {
    getBoundingClientRect: () => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return new DOMRect(x + edge, y, Math.max(0, width - 2 * edge), height);
    },
  };
}

interface Anchored {
  message: Message;
  anchor: Element;
}

function React({ message, anchor }: Anchored) {
  const { t } = useTranslation();
  const pick = (code: string) => {
    closeQuestion();
    void toggleReaction(message, code);
  };
  return (
    <Popover open onOpenChange={close} anchor={within(anchor)} label={t("actions.react")} align="end" flush finalFocus={backTo(message)}>
      <EmojiBoard onPick={pick} />
    </Popover>
  );
}

function Choose({ message, anchor }: Anchored) {
  return <Menu open byKey onOpenChange={close} anchor={within(anchor)} align="end" items={menuItems(useMessageActions(message), anchor)} finalFocus={backTo(message)} />;
}
