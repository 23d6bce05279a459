import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "@/i18n";
import { Link, useLocation } from "wouter";
import { useMay, useWorkspace } from "@/app/store";
import { Avatar, Badge, Button, EmptyState, ErrorState, SearchField, Select, Table, type TableColumn } from "@/ui";
import { explain } from "../parts/explain";
import { Page } from "../parts/Page";
import { Pager } from "../parts/Pager";
import { useAnswer } from "../parts/useAnswer";
import { SIZE, usePage } from "../parts/usePage";
import { day, full } from "../parts/when";
import { type Account, type AccountFilter, listAccounts } from "./calls";
import styles from "../parts/List.module.css";

/** No role is called so: ids have letters and digits. */
const ANY = "*";

const filters: readonly AccountFilter[] = ["all", "active", "deactivated", "new"];

export function UserList({ asked }: { asked: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const mayCreate = useMay("create-user");
  const [filter, setFilter] = useState<AccountFilter>("all");
  const [role, setRole] = useState(ANY);
  const page = usePage({ key: "username", direction: "ascending" }, asked, `${filter}${role}`);
  const { sought, order, offset } = page;
  const ask = useCallback(() => listAccounts({ filter, role: role === ANY ? "" : role, sought, order, offset, count: SIZE }), [filter, role, sought, order, offset]);
  const { data, error, loading, again } = useAnswer(ask);
  const columns = useColumns();
  return (
    <Page
      title={t("admin.section.users")}
      actions={
        mayCreate && (
          <Button variant="primary" icon="user-plus" onClick={() => go("/admin/users/new")}>
            {t("admin.users.create")}
          </Button>
        )
      }
      wide
    >
      <div className={styles.tools}>
        <SearchField label={t("admin.users.search")} value={page.text} onValueChange={page.write} />
        <Select
          label={t("admin.users.filter.label")}
          hideLabel
          value={filter}
          onValueChange={setFilter}
          options={filters.map((value) => ({ value, label: t(`admin.users.filter.${value}`) }))}
        />
        <RoleFilter role={role} onChoose={setRole} />
      </div>
      {error && !data ? (
        <ErrorState title={t("admin.users.failed")} body={explain(error)} onRetry={again} detail={error.id} />
      ) : (
        <Table
          caption={t("admin.section.users")}
          columns={columns}
          rows={data?.users ?? []}
          rowKey={(user) => user._id}
          sort={page.sort}
          onSortChange={page.setSort}
          loading={loading && !data}
          empty={<EmptyState icon="users" title={t("admin.users.none")} body={t("admin.users.noneBody")} />}
        />
      )}
      <Pager offset={offset} size={SIZE} total={data?.total ?? 0} onMove={page.move} />
    </Page>
  );
}

function RoleFilter({ role, onChoose }: { role: string; onChoose: (role: string) => void }) {
  const { t } = useTranslation();
  const roles = useWorkspace((state) => state.roles);
  const options = [...roles.values()].filter(({ scope }) => scope === "Users").map(({ _id, name }) => ({ value: _id, label: name }));
  return (
    <Select
      label={t("admin.users.role")}
      hideLabel
      value={role}
      onValueChange={onChoose}
      options={[{ value: ANY, label: t("admin.users.everyRole") }, ...options.toSorted((a, b) => a.label.localeCompare(b.label))]}
    />
  );
}

function useColumns(): TableColumn<Account>[] {
  const { t, i18n } = useTranslation();
  const roles = useWorkspace((state) => state.roles);
  return useMemo(
    () => [
      { key: "username", header: t("admin.users.name"), sortable: true, cell: (user) => <Who user={user} /> },
      { key: "email", header: t("admin.users.email"), cell: ({ emails }) => <bdi>{emails?.[0]?.address}</bdi> },
      {
        key: "roles",
        header: t("admin.users.roles"),
        cell: (user) => (
          <span className={styles.badges}>
            {user.roles?.map((id) => (
              <Badge key={id} kind={id === "admin" ? "accent" : "neutral"}>
                {roles.get(id)?.name ?? id}
              </Badge>
            ))}
          </span>
        ),
      },
      { key: "active", header: t("admin.users.state"), width: "8rem", sortable: true, cell: (user) => <StateMark user={user} /> },
      {
        key: "lastLogin",
        header: t("admin.users.lastLogin"),
        width: "8rem",
        sortable: true,
        cell: ({ lastLogin }) => <span title={full(lastLogin, i18n.language)}>{day(lastLogin, i18n.language) || t("admin.users.never")}</span>,
      },
    ],
    [t, i18n.language, roles],
  );
}

function Who({ user }: { user: Account }) {
  return (
    <Link href={`/admin/users/${encodeURIComponent(user._id)}`} className={styles.who}>
      <Avatar name={user.name ?? user.username ?? ""} username={user.username} etag={user.avatarETag} size={28} presence={user.status} />
      <span className={styles.names}>
        <span className={styles.name}>{user.name ?? user.username}</span>
        <bdi className={styles.under}>@{user.username}</bdi>
      </span>
    </Link>
  );
}

export function StateMark({ user }: { user: Account }) {
  const { t } = useTranslation();
  if (user.active !== false) return <span>{t("admin.users.active")}</span>;
  return <Badge kind="warning">{t(user.lastLogin ? "admin.users.deactivated" : "admin.users.waiting")}</Badge>;
}
