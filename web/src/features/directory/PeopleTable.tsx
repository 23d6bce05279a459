import { useState } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { explain } from "@/app/explain";
import { useWorkspace } from "@/app/store";
import { messageTo, usePresence } from "@/features/people";
import { asDate } from "@/lib/store/moments";
import { Avatar, Button, Table, type TableProps, toast } from "@/ui";
import type { Person } from "./listing";
import { useDay } from "./useDay";
import styles from "./Directory.module.css";

type Props = Pick<TableProps<Person>, "rows" | "sort" | "onSortChange" | "loading" | "empty">;

const name = (person: Person) => <Name person={person} />;
const username = (person: Person) => <span className={styles.quiet}>@{person.username}</span>;
const mail = (person: Person) => <span className={styles.quiet}>{person.emails?.[0]?.address}</span>;
const write = (person: Person) => <Write person={person} />;

/** People: who they are, and the way to write to them. */
export function PeopleTable(props: Props) {
  const { t } = useTranslation();
  const day = useDay();
  const mails = props.rows.some((person) => person.emails !== undefined);
  return (
    <Table
      caption={t("directory.users.name")}
      rowKey={(person) => person._id}
      columns={[
        { key: "name", header: t("directory.users.called"), sortable: true, cell: name },
        { key: "username", header: t("directory.users.username"), sortable: true, width: "180px", cell: username },
        ...(mails ? [{ key: "email", header: t("directory.users.mail"), width: "220px", cell: mail }] : []),
        { key: "createdAt", header: t("directory.users.since"), sortable: true, align: "end", width: "130px", cell: (person) => day(asDate(person.createdAt)) },
        { key: "act", header: t("directory.acts"), hideHeader: true, align: "end", width: "110px", cell: write },
      ]}
      {...props}
    />
  );
}

function Name({ person }: { person: Person }) {
  const presence = usePresence(person._id);
  const called = person.name || person.username;
  const about = person.nickname || person.bio;
  return (
    <span className={styles.entry}>
      <Avatar name={called} username={person.username} etag={person.avatarETag} size={28} presence={presence?.status} />
      <span className={styles.words}>
        <span className={styles.name}>{called}</span>
        {about && <span className={styles.about}>{about}</span>}
      </span>
    </span>
  );
}

function Write({ person }: { person: Person }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [busy, setBusy] = useState(false);
  const own = useWorkspace((state) => state.session?.uid === person._id);
  if (own) return <span className={styles.quiet}>{t("directory.users.you")}</span>;
  const open = async () => {
    setBusy(true);
    try {
      go(await messageTo(person.username));
    } catch (thrown) {
      toast({ kind: "danger", title: t("directory.users.notOpened"), description: explain(thrown) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="small" loading={busy} aria-label={`${t("directory.users.write")}: ${person.name || person.username}`} onClick={() => void open()}>
      {t("directory.users.write")}
    </Button>
  );
}
