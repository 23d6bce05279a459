import { useState } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { paths } from "@/app/paths";
import { useWorkspace } from "@/app/store";
import { logOut } from "@/lib/client/session";
import { Avatar, ConfirmDialog, Menu, type MenuItem, type MenuProps, opening } from "@/ui";
import { useStatusItems } from "./PresenceMenu";
import { usePresence } from "./presence";
import styles from "./OwnMenu.module.css";

const StatusDialog = opening(async () => (await import("./StatusDialog")).StatusDialog);

/** This user's picture, which opens status, account and the way out. */
export function OwnMenu({ side = "inline-end", align = "end" }: Pick<MenuProps, "side" | "align">) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const me = useWorkspace((state) => state.me);
  const unsent = useWorkspace((state) => state.drafts.size > 0 || state.outbox.size > 0);
  const presence = usePresence(me?._id);
  const choices = useStatusItems();
  const [dialog, setDialog] = useState<"status" | "leave">();
  if (!me) return null;
  const status = presence?.status ?? me.statusDefault ?? "online";
  const name = me.name || me.username || "";
  const close = () => setDialog(undefined);
  const items: MenuItem[] = [
    { kind: "label", label: name },
    ...choices,
    { label: t("people.own.setText"), icon: "pencil", ...(me.statusText && { hint: me.statusText }), onSelect: () => setDialog("status") },
    { kind: "separator" },
    { label: t("people.own.account"), icon: "user", onSelect: () => go(`${paths.account}/profile`) },
    { label: t("people.own.appearance"), icon: "contrast", onSelect: () => go(`${paths.account}/appearance`) },
    { label: t("people.own.shortcuts"), icon: "keyboard", onSelect: () => go(`${paths.account}/shortcuts`) },
    { kind: "separator" },
    { label: t("people.own.logOut"), icon: "log-out", onSelect: () => (unsent ? setDialog("leave") : void logOut()) },
  ];
  const label = t("people.own.menu", { name, status: t(`people.presence.${status}`) });
  const button = (
    <button type="button" className={styles.button} aria-label={label}>
      <Avatar name={name} username={me.username} etag={me.avatarETag} size={28} presence={status} />
    </button>
  );
  return (
    <>
      <Menu trigger={button} items={items} side={side} align={align} />
      <StatusDialog open={dialog === "status"} onOpenChange={close} />
      <ConfirmDialog
        open={dialog === "leave"}
        onOpenChange={close}
        title={t("people.own.logOutTitle")}
        body={t("people.own.logOutBody")}
        confirmLabel={t("people.own.logOut")}
        danger
        onConfirm={logOut}
      />
    </>
  );
}
