import { Shortcuts } from "@/features/sidebar";
import styles from "./parts.module.css";

export function ShortcutsPage() {
  return (
    <div className={styles.shortcuts}>
      <Shortcuts />
    </div>
  );
}
