import { useTranslation } from "react-i18next";
import { i18n, languages, nearest } from "@/i18n";
import { readJson, writeJson } from "@/lib/store/local";
import styles from "./Entry.module.css";

const APPEARANCE = "gantry.appearance";

/** Speaks another language from now on, and at the next visit from the first line. */
export function speak(code: string): void {
  const direction = languages.find((one) => one.code === code)?.direction ?? "ltr";
  writeJson(APPEARANCE, { ...readJson<object>(APPEARANCE), language: code, direction });
  void i18n.changeLanguage(code);
}

/** The browser's own list: it is there before anything is loaded, and is what a phone does best. */
export function LanguageChoice() {
  const { t } = useTranslation();
  return (
    <select className={styles.language} aria-label={t("entry.language")} value={nearest([i18n.language])} onChange={(event) => speak(event.target.value)}>
      {languages.map(({ code, name }) => (
        <option key={code} value={code} lang={code}>
          {name}
        </option>
      ))}
    </select>
  );
}
