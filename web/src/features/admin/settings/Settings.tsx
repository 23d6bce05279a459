import { useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "@/i18n";
import { Link, Route, Switch as Routes, useSearch } from "wouter";
import { EmptyState, ErrorState, SearchField, SkeletonList } from "@/ui";
import { explain } from "../parts/explain";
import { Page } from "../parts/Page";
import { type Definition, lockOf } from "./definition";
import { findSettings, placeOf, settingPath } from "./find";
import { Group } from "./Group";
import { useSettings } from "./store";
import { isDefault } from "./values";
import { heading, label } from "./words";
import styles from "./Settings.module.css";

/** All settings: the groups, and the page of each. */
export default function Settings() {
  const { t } = useTranslation();
  const { all, error, again } = useSettings();
  const sought = new URLSearchParams(useSearch()).get("setting") ?? undefined;
  if (!all) {
    return (
      <Page title={t("admin.section.settings")}>
        {error ? <ErrorState title={t("admin.settings.failed")} body={explain(error)} onRetry={again} detail={error.id} /> : <SkeletonList rows={10} />}
      </Page>
    );
  }
  return (
    <Routes>
      <Route path="/admin/settings/:group">{({ group }) => <Group key={group} group={decodeURIComponent(group)} all={all} sought={sought} />}</Route>
      <Route>
        <Groups all={all} />
      </Route>
    </Routes>
  );
}

interface Summary {
  id: string;
  name: string;
  count: number;
  changed: number;
  /** Whether there is anything that this server does. */
  offered: boolean;
}

function summaries(all: Iterable<Definition>): Summary[] {
  const found = new Map<string, Summary>();
  for (const one of all) {
    if (one.type === "group" || one.hidden) continue;
    const id = one.group ?? "other";
    const group = found.get(id) ?? { id, name: heading(id), count: 0, changed: 0, offered: false };
    group.count += 1;
    if (!isDefault(one) && !lockOf(one)) group.changed += 1;
    if (lockOf(one) !== "absent") group.offered = true;
    found.set(id, group);
  }
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}

const MOST = 60;

function Groups({ all }: { all: ReadonlyMap<string, Definition> }) {
  const { t } = useTranslation();
  const [text, write] = useState("");
  const wanted = useDeferredValue(text).trim();
  const groups = useMemo(() => summaries(all.values()), [all]);
  const hits = useMemo(() => (wanted ? findSettings(all.values(), wanted, MOST) : []), [all, wanted]);
  return (
    <Page title={t("admin.section.settings")} about={t("admin.settings.about", { count: [...all.values()].filter(({ type }) => type !== "group").length })}>
      <SearchField label={t("admin.settings.search")} value={text} onValueChange={write} />
      {wanted ? <Hits hits={hits} /> : <GroupList groups={groups} />}
    </Page>
  );
}

function GroupList({ groups }: { groups: readonly Summary[] }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.groups}>
      {groups.map(({ id, name, count, changed, offered }) => (
        <li key={id}>
          <Link href={`/admin/settings/${encodeURIComponent(id)}`} className={styles.group} data-faint={!offered || undefined}>
            <span>{name}</span>
            <span className={styles.count}>
              {changed > 0 && <span className={styles.changed}>{t("admin.settings.changedCount", { count: changed })}</span>}
              {t("admin.settings.count", { count })}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Hits({ hits }: { hits: readonly Definition[] }) {
  const { t } = useTranslation();
  if (hits.length === 0) return <EmptyState icon="search" title={t("admin.search.nothing")} body={t("admin.settings.tryOther")} />;
  return (
    <ul className={styles.groups}>
      {hits.map((one) => (
        <li key={one._id}>
          <Link href={settingPath(one)} className={styles.group}>
            <span>{label(one)}</span>
            <span className={styles.count}>{placeOf(one)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
