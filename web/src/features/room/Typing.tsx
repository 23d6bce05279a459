import { useTranslation } from "react-i18next";
import { useWorkspaceShallow } from "@/app/store";
import styles from "./Room.module.css";

/** Who is typing. Its line is always there, so that nothing moves. */
export function Typing({ rid }: { rid: string }) {
  const { t, i18n } = useTranslation();
  const names = useWorkspaceShallow((state) => {
    const own = [state.me?.username, state.me?.name];
    return [...(state.activity.get(rid)?.keys() ?? [])].filter((name) => !own.includes(name));
  });
  const list = new Intl.ListFormat(i18n.language).format(names.slice(0, 3));
  const words = names.length > 3 ? t("room.typingMany") : t("room.typing", { count: names.length, names: list });
  return <p className={styles.typing} aria-live="polite">{names.length > 0 ? words : ""}</p>;
}
