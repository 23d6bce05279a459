import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useSetting } from "@/app/store";
import { LanguageChoice } from "./LanguageChoice";
import { plainText } from "./rules";
import styles from "./Entry.module.css";

/** What all pages before the workspace stand in: whose server this is, the form, the language. */
export function EntryFrame({ title, lead, children, wide }: { title: string; lead?: ReactNode; children?: ReactNode; wide?: boolean }) {
  const site = useSiteName();
  useEffect(() => {
    document.title = `${title} · ${site}`;
  }, [title, site]);
  return (
    <div className={styles.page}>
      <main className={styles.column} data-wide={wide || undefined}>
        <p className={styles.site}>
          <img src="/favicon.svg" alt="" width="28" height="28" />
          <span>{site}</span>
        </p>
        <h1 className={styles.title}>{title}</h1>
        {lead && <div className={styles.lead}>{lead}</div>}
        {children}
      </main>
      <footer className={styles.footer}>
        <Terms />
        <LanguageChoice />
      </footer>
    </div>
  );
}

export function useSiteName(): string {
  const { t } = useTranslation();
  const name = useSetting("Site_Name");
  return typeof name === "string" && name.trim() !== "" ? name : t("entry.product");
}

/** What the administrator wrote under the form: text, whatever markup it came in. */
function Terms() {
  const html = useSetting("Layout_Login_Terms");
  const text = typeof html === "string" ? plainText(html) : "";
  return text ? <p className={styles.terms}>{text}</p> : null;
}
