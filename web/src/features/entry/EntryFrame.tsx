import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "@/i18n";
import { useSetting, useWorkspace } from "@/app/store";
import { Banner } from "@/ui";
import { LanguageChoice } from "./LanguageChoice";
import { plainText } from "./rules";
import styles from "./Entry.module.css";

/** What all pages before the workspace stand in: whose server this is, the form, the language. */
export function EntryFrame({ title, lead, children, wide }: { title: string; lead?: ReactNode; children?: ReactNode; wide?: boolean }) {
  const site = useSiteName();
  const hideLogo = useSetting("Layout_Login_Hide_Logo") === true;
  useEffect(() => {
    document.title = `${title} · ${site}`;
  }, [title, site]);
  return (
    <div className={styles.page}>
      <main className={styles.column} data-wide={wide || undefined}>
        <p className={styles.site}>
          {!hideLogo && <img src="/favicon.svg" alt="" width="28" height="28" />}
          <span>{site}</span>
        </p>
        <h1 className={styles.title}>{title}</h1>
        {lead && <div className={styles.lead}>{lead}</div>}
        <Unreachable />
        {children}
      </main>
      <footer className={styles.footer}>
        <Terms />
        <LanguageChoice />
      </footer>
    </div>
  );
}

/** A short break is not worth a word. */
const GRACE = 3_000;

function Unreachable() {
  const { t } = useTranslation();
  const away = useWorkspace((state) => state.link.at !== "open");
  return away ? <Late>{t("entry.unreachable")}</Late> : null;
}

function Late({ children }: { children: string }) {
  const [late, note] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => note(true), GRACE);
    return () => clearTimeout(timer);
  }, []);
  return late ? <Banner kind="warning">{children}</Banner> : null;
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
