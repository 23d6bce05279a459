import { useEffect, useRef, type ComponentType } from "react";
import { useTranslation } from "@/i18n";
import { Link, useLocation } from "wouter";
import { paths } from "@/app/paths";
import { useSetting } from "@/app/store";
import { Icon, IconButton } from "@/ui";
import { AppearancePage } from "./AppearancePage";
import { NotificationsPage } from "./NotificationsPage";
import { PreferencesPage } from "./PreferencesPage";
import { ProfilePage } from "./ProfilePage";
import { SecurityPage } from "./SecurityPage";
import { ShortcutsPage } from "./ShortcutsPage";
import { type Section, sectionOf, sections } from "./sections";
import styles from "./Account.module.css";

const pages = {
  profile: ProfilePage,
  preferences: PreferencesPage,
  appearance: AppearancePage,
  notifications: NotificationsPage,
  security: SecurityPage,
  shortcuts: ShortcutsPage,
} satisfies Record<Section, ComponentType>;

/** One's own account: a list of pages and the page beside it, on a phone one of the two. */
export function Account() {
  const { t } = useTranslation();
  const [path, go] = useLocation();
  const named = sectionOf(path);
  const section = named ?? "profile";
  const Page = pages[section];
  return (
    <div className={styles.account} data-list={named === undefined}>
      <nav className={styles.nav} aria-label={t("account.title")}>
        <header className={styles.header}>
          <span className={styles.phone}>
            <IconButton icon="arrow-start" label={t("account.leave")} onClick={() => go(paths.home)} />
          </span>
          <h2 className={styles.heading}>{t("account.title")}</h2>
        </header>
        <ul className={styles.sections}>
          {sections.map(({ id, icon }) => (
            <li key={id}>
              <Link href={`${paths.account}/${id}`} className={styles.link} aria-current={id === named ? "page" : undefined} data-current={id === section || undefined}>
                <Icon name={icon} size="small" />
                {t(`account.${id}.title`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <article className={styles.page}>
        <PageHeader section={section} />
        {/* A page without a field is scrolled by keys, too. */}
        <div className={styles.body} tabIndex={0} role="group" aria-label={t(`account.${section}.title`)}>
          <Page />
        </div>
      </article>
    </div>
  );
}

function PageHeader({ section }: { section: Section }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const site = String(useSetting("Site_Name") || "Gantry");
  const heading = useRef<HTMLHeadingElement>(null);
  const last = useRef(section);
  useEffect(() => {
    // Who went from one page to another reads on at its title.
    if (last.current !== section) heading.current?.focus();
    last.current = section;
  }, [section]);
  useEffect(() => {
    document.title = `${t(`account.${section}.title`)} · ${site}`;
  }, [section, site, t]);
  return (
    <header className={styles.header}>
      <span className={styles.phone}>
        <IconButton icon="arrow-start" label={t("account.back")} onClick={() => go(paths.account)} />
      </span>
      <h1 ref={heading} tabIndex={-1} className={styles.heading}>
        {t(`account.${section}.title`)}
      </h1>
    </header>
  );
}
