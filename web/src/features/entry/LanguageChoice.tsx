import { setLanguage } from "@/app/appearance";
import { i18n, languages, nearest, useTranslation } from "@/i18n";
import styles from "./Entry.module.css";

/** The browser's own list: it is there before anything is loaded, and is what a phone does best. */
export function LanguageChoice() {
  const { t } = useTranslation();
  return (
    <select className={styles.language} aria-label={t("entry.language")} value={nearest([i18n.language])} onChange={(event) => void setLanguage(event.target.value)}>
      {languages.map(({ code, name }) => (
        <option key={code} value={code} lang={code}>
          {name}
        </option>
      ))}
    </select>
  );
}
