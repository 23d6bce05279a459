import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { useSetting } from "@/app/store";
import { IconButton } from "@/ui";
import styles from "./Page.module.css";

interface PageProps {
  title: string;
  /** What the page is for, in a sentence. */
  about?: ReactNode;
  /** Where the arrow leads; on a phone it leads to the list of sections otherwise. */
  back?: string;
  actions?: ReactNode;
  /** For tables: as wide as there is room. */
  wide?: boolean;
  /** The children bring their own scrolling. */
  fixed?: boolean;
  children: ReactNode;
}

/** A page of the administration: its heading, and the document under it. */
export function Page({ title, about, back, actions, wide, fixed, children }: PageProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  const site = useSetting("Site_Name");
  useEffect(() => {
    document.title = [title, site].filter(Boolean).join(" · ");
  }, [title, site]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className={styles.page} data-fixed={fixed || undefined}>
      <div className={styles.sheet} data-wide={wide || undefined}>
        <header className={styles.header}>
          <span className={back ? styles.back : styles.phoneBack}>
            <IconButton icon="arrow-start" label={t("ui.back")} onClick={() => go(back ?? "/admin")} tooltipSide="bottom" />
          </span>
          <h1 ref={heading} tabIndex={-1} data-start className={styles.title}>
            {title}
          </h1>
          {actions && <div className={styles.actions}>{actions}</div>}
        </header>
        {about && <div className={styles.about}>{about}</div>}
        {children}
      </div>
    </div>
  );
}

interface SectionProps {
  title: string;
  about?: ReactNode;
  /** Set apart: what cannot be undone. */
  danger?: boolean;
  children: ReactNode;
}

export function Section({ title, about, danger, children }: SectionProps) {
  return (
    <section className={styles.section} data-danger={danger || undefined}>
      <h2 className={styles.heading}>{title}</h2>
      {about && <p className={styles.note}>{about}</p>}
      {children}
    </section>
  );
}

/** Names beside values. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One act of a danger zone: what it does, and its button. */
export function Act({ title, about, children }: { title: string; about: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.act}>
      <div>
        <p className={styles.actTitle}>{title}</p>
        <p className={styles.note}>{about}</p>
      </div>
      {children}
    </div>
  );
}
