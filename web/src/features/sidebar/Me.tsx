import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { paths } from "@/app/paths";
import { useWorkspace } from "@/app/store";
import { logOut } from "@/lib/client/session";
import { Avatar, Menu } from "@/ui";
import styles from "./Rail.module.css";

/** Oneself: the way to one's own settings, and out. */
export function Me() {
  const { t } = useTranslation();
  const me = useWorkspace((state) => state.me);
  const [, go] = useLocation();
  const name = me?.name ?? me?.username ?? "";
  const status = me?.status === "disabled" ? "offline" : me?.status;
  return (
    <Menu
      side="inline-end"
      align="end"
      trigger={
        <button type="button" className={styles.me} aria-label={t("sidebar.rail.me", { name })}>
          <Avatar name={name} username={me?.username} etag={me?.avatarETag} size={28} presence={status} />
        </button>
      }
      items={[
        { kind: "label", label: name },
        { label: t("sidebar.rail.account"), icon: "user", onSelect: () => go(paths.account) },
        { label: t("sidebar.rail.logOut"), icon: "log-out", onSelect: () => void logOut() },
      ]}
    />
  );
}
