import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "@/app/store";
import { titleOf } from "@/lib/store/rooms";
import { ConfirmDialog } from "@/ui";
import { leave } from "./acts";

/** Leaving a private group cannot be undone by oneself, so leaving asks. */
export function LeaveDialog({ rid, onClose }: { rid: string | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const subscription = useWorkspace((state) => (rid ? state.subscriptions.get(rid) : undefined));
  const room = useWorkspace((state) => (rid ? state.rooms.get(rid) : undefined));
  // The words stay while the dialog closes and the membership is gone already.
  const [said, say] = useState({ name: "", type: "c" });
  useEffect(() => {
    if (subscription) say({ name: titleOf(subscription, room), type: subscription.t });
  }, [subscription, room]);
  return (
    <ConfirmDialog
      open={rid !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={t("sidebar.leave.title", { name: said.name })}
      body={t(said.type === "p" ? "sidebar.leave.group" : "sidebar.leave.channel")}
      confirmLabel={t("sidebar.leave.act")}
      danger
      onConfirm={async () => {
        if (rid) await leave(rid);
      }}
    />
  );
}
