import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { Link } from "wouter";
import { paths } from "@/app/paths";
import { useWorkspaceShallow } from "@/app/store";
import { mayAny } from "@/lib/store/permissions";
import { Icon, SearchField } from "@/ui";
import { AdminSearch } from "./search/AdminSearch";
import { type AdminSection, sections } from "./sections";
import styles from "./Admin.module.css";

/** The sections that this user may see, and the search over everything in them. */
export function AdminNav({ current }: { current: AdminSection["id"] | undefined }) {
  const { t } = useTranslation();
  const [wanted, want] = useState("");
  const nav = useRef<HTMLElement>(null);
  const toFound = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    nav.current?.querySelector<HTMLElement>("section a")?.focus();
  };
  const shown = useWorkspaceShallow((state) => sections.filter(({ permissions }) => mayAny(state, permissions)));
  return (
    <nav ref={nav} data-region="admin" className={styles.nav} aria-label={t("admin.title")}>
      <p className={styles.brand}>{t("admin.title")}</p>
      <SearchField label={t("admin.search.label")} value={wanted} onValueChange={want} onKeyDown={toFound} />
      {wanted.trim() ? (
        <AdminSearch text={wanted.trim()} onPick={() => want("")} />
      ) : (
        <ul className={styles.list}>
          {shown.map(({ id, icon }) => (
            <li key={id}>
              <Link href={`/admin/${id}`} className={styles.link} aria-current={current === id ? "page" : undefined}>
                <Icon name={icon} size="small" />
                {t(`admin.section.${id}`)}
              </Link>
            </li>
          ))}
          <li className={styles.apart}>
            <Link href={paths.apiDocs} className={styles.link}>
              <Icon name="code" size="small" />
              {t("admin.section.api")}
            </Link>
          </li>
        </ul>
      )}
    </nav>
  );
}
