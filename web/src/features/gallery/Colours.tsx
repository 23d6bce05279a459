import type { CSSProperties } from "react";
import { Section } from "./Section";
import styles from "./Gallery.module.css";

const roles = [
  "bg", "bg-raised", "bg-sunken", "hover", "active", "selected", "line", "line-strong", "control",
  "text", "text-muted", "text-faint", "accent", "accent-text", "accent-soft", "danger", "danger-text", "danger-soft",
  "warning", "warning-soft", "success", "success-soft", "mention-bg", "unread", "focus", "code-bg",
];

export function Colours() {
  return (
    <Section title="Colours by role">
      <ul className={styles.icons}>
        {roles.map((role) => (
          <li key={role} className={styles.swatch}>
            <span className={styles.colour} style={{ "--sample": `var(--${role})` } as CSSProperties} />
            {role}
          </li>
        ))}
      </ul>
    </Section>
  );
}
