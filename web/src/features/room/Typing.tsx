import { useTranslation } from "@/i18n";
import { useWorkspaceShallow } from "@/app/store";
import { list } from "@/i18n/format";
import styles from "./Room.module.css";

/** Who is typing. Its line is always there, so that nothing moves. */
export function Typing({ rid }: { rid: string }) {
  const { t } = useTranslation();
  const names = useWorkspaceShallow((state) => {
    const own = [state.me?.username, state.me?.name];
    return [...(state.activity.get(rid)?.keys() ?? [])].filter((name) => !own.includes(name));
  });
  const words = names.length > 3 ? t("room.typingMany") : names.length > 0 ? t("room.typing", { count: names.length, names: list(names) }) : "";
  return <p className={styles.typing} aria-live="polite">{words}</p>;
}
