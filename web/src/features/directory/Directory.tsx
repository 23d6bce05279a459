import { useEffect, useState } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { explain } from "@/app/explain";
import { paths } from "@/app/paths";
import { useMayAny } from "@/app/store";
import { view } from "@/app/view";
import type { Room } from "@/lib/protocol/documents";
import { Button, EmptyState, ErrorState, IconButton, SearchField, Select, Tabs } from "@/ui";
import { ChannelTable } from "./ChannelTable";
import { type Asked, beginning, PAGE, type Person, shelfOf } from "./listing";
import { PeopleTable } from "./PeopleTable";
import { useListing } from "./useListing";
import styles from "./Directory.module.css";

/** Everything that can be joined, and everybody who can be written to. */
export function Directory() {
  const { t } = useTranslation();
  const [path, go] = useLocation();
  const shelf = shelfOf(path);
  const creates = useMayAny(["create-c", "create-p"]);
  useEffect(() => {
    document.title = t("directory.title");
  }, [t]);
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <span className={styles.back}>
          <IconButton icon="arrow-start" label={t("directory.back")} onClick={() => go(paths.home)} />
        </span>
        <h1 className={styles.title}>{t("directory.title")}</h1>
        {creates && (
          <Button icon="plus" onClick={() => view.setState({ create: "channel" })}>
            {t("directory.create")}
          </Button>
        )}
      </header>
      <div className={styles.body}>
        <Tabs
          label={t("directory.shelves")}
          value={shelf}
          onValueChange={(next) => go(`${paths.directory}/${next}`)}
          tabs={[
            { value: "channels", label: t("directory.channels.name"), icon: "hash", panel: <Shelf key="channels" shelf="channels" /> },
            { value: "users", label: t("directory.users.name"), icon: "users", panel: <Shelf key="users" shelf="users" /> },
          ]}
        />
      </div>
    </div>
  );
}

function Shelf({ shelf }: { shelf: "channels" | "users" }) {
  const { t } = useTranslation();
  const [asked, ask] = useState<Asked>(() => beginning(shelf));
  const { listed, busy, error, barred, retry } = useListing(asked);
  const change = (changes: Partial<Asked>) => ask((before) => ({ ...before, page: 0, ...changes }));
  const sort = { key: asked.sort, direction: asked.descending ? ("descending" as const) : ("ascending" as const) };
  const shared = {
    sort,
    onSortChange: (next: typeof sort | { key: string; direction: "ascending" | "descending" }) => change({ sort: next.key, descending: next.direction === "descending" }),
    loading: listed === undefined,
    empty: <Nothing shelf={shelf} text={asked.text} />,
  };
  if (barred) return <EmptyState icon="lock" title={t("directory.barred.title")} body={t("directory.barred.body")} />;
  if (error && !listed) return <ErrorState title={t("directory.failed")} body={explain(error)} onRetry={retry} detail={error.id} />;
  return (
    <div className={styles.shelf} aria-busy={busy}>
      <div className={styles.tools}>
        <SearchField label={t(`directory.${shelf}.search`)} value={asked.text} onValueChange={(text) => change({ text })} className={styles.search} />
        <span className={styles.sort}>
          <Sorting asked={asked} onChange={change} />
        </span>
      </div>
      {shelf === "channels" ? <ChannelTable rows={(listed?.entries ?? []) as Room[]} {...shared} /> : <PeopleTable rows={(listed?.entries ?? []) as Person[]} {...shared} />}
      {listed && <Pages asked={asked} total={listed.total} onPage={(page) => change({ page })} />}
    </div>
  );
}

const ORDERS: Record<Asked["shelf"], readonly string[]> = { channels: ["usersCount", "lastMessage", "name", "createdAt"], users: ["name", "username", "createdAt"] };

/** On a phone a table has no heads to press. */
function Sorting({ asked, onChange }: { asked: Asked; onChange: (changes: Partial<Asked>) => void }) {
  const { t } = useTranslation();
  return (
    <Select
      label={t("directory.sort")}
      hideLabel
      options={ORDERS[asked.shelf].map((sort) => ({ value: sort, label: t(`directory.orders.${sort}`) }))}
      value={asked.sort}
      onValueChange={(sort) => onChange({ sort, descending: sort !== "name" && sort !== "username" })}
    />
  );
}

function Nothing({ shelf, text }: { shelf: "channels" | "users"; text: string }) {
  const { t } = useTranslation();
  if (text.trim() !== "") return <EmptyState icon="search" title={t("directory.nothing.title", { text })} body={t("directory.nothing.body")} />;
  return <EmptyState icon={shelf === "channels" ? "hash" : "users"} title={t(`directory.${shelf}.empty`)} />;
}

function Pages({ asked, total, onPage }: { asked: Asked; total: number; onPage: (page: number) => void }) {
  const { t } = useTranslation();
  const last = Math.max(0, Math.ceil(total / PAGE) - 1);
  return (
    <nav className={styles.pages} aria-label={t("directory.pages")}>
      <output>{t("directory.range", { from: Math.min(total, asked.page * PAGE + 1), to: Math.min(total, (asked.page + 1) * PAGE), count: total })}</output>
      {last > 0 && (
        <>
          <IconButton icon="chevron-start" label={t("directory.previous")} disabled={asked.page === 0} onClick={() => onPage(asked.page - 1)} />
          <IconButton icon="chevron-end" label={t("directory.next")} disabled={asked.page >= last} onClick={() => onPage(asked.page + 1)} />
        </>
      )}
    </nav>
  );
}
