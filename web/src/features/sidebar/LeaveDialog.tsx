import { useTranslation } from "@/i18n";
import { store } from "@/lib/store/state";
import { titleOf } from "@/lib/store/rooms";
import { ConfirmDialog } from "@/ui";
import { leave } from "./acts";

export interface Leaving {
  rid: string;
  name: string;
  type: string;
}

/** What is to be left, as it is called now: the membership is gone before the dialog is. */
export function leavingOf(rid: string): Leaving {
  const { subscriptions, rooms } = store.getState();
  const subscription = subscriptions.get(rid);
  return { rid, name: titleOf(subscription, rooms.get(rid)), type: subscription?.t ?? "c" };
}

/** Leaving a private group cannot be undone by oneself, so leaving asks. */
export function LeaveDialog({ leaving, open, onClose }: { leaving: Leaving | undefined; open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  if (!leaving) return null;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t("sidebar.leave.title", { name: leaving.name })}
      body={t(leaving.type === "p" ? "sidebar.leave.group" : "sidebar.leave.channel")}
      confirmLabel={t("sidebar.leave.act")}
      danger
      onConfirm={() => leave(leaving.rid)}
    />
  );
}
