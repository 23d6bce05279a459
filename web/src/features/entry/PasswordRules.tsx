import { useTranslation } from "@/i18n";
import { useWorkspace } from "@/app/store";
import { Icon, VisuallyHidden } from "@/ui";
import { passwordRules } from "./rules";
import styles from "./Entry.module.css";

/** What the password must have, ticked off while it is typed. */
export function PasswordRules({ password }: { password: string }) {
  const { t } = useTranslation();
  const settings = useWorkspace((state) => state.settings);
  const rules = passwordRules(settings);
  if (rules.length === 0) return null;
  return (
    <ul className={styles.rules} aria-label={t("entry.rules.title")}>
      {rules.map(({ key, count, met }) => {
        const done = password !== "" && met(password);
        return (
          <li key={key} data-met={done || undefined}>
            <Icon name={done ? "check" : "minus"} size="small" />
            <span>{t(`entry.rules.${key}`, { count })}</span>
            {done && <VisuallyHidden>{t("entry.rules.met")}</VisuallyHidden>}
          </li>
        );
      })}
    </ul>
  );
}
