import { useMemo, useState } from "react";
import { useTranslation } from "@/i18n";
import { Link } from "wouter";
import { useWorkspace } from "@/app/store";
import { answered, rest } from "@/lib/api/rest";
import type { Role } from "@/lib/protocol/documents";
import { Badge, Button, ConfirmDialog, IconButton, Table, type TableColumn } from "@/ui";
import { explain } from "../parts/explain";
import { Page } from "../parts/Page";
import { RoleForm } from "./RoleForm";

type Open = { kind: "form"; role: Role | undefined } | { kind: "delete"; role: Role };

/** The roles: those that are built in, and the workspace's own. */
export default function Roles() {
  const { t } = useTranslation();
  const roles = useWorkspace((state) => state.roles);
  const [open, setOpen] = useState<Open>();
  const rows = [...roles.values()].toSorted((a, b) => Number(a.protected ?? false) - Number(b.protected ?? false) || a.name.localeCompare(b.name));
  const columns = useColumns(setOpen);
  return (
    <Page
      title={t("admin.section.roles")}
      about={
        <>
          {t("admin.roles.about")} <Link href="/admin/permissions">{t("admin.roles.toPermissions")}</Link>
        </>
      }
      actions={
        <Button variant="primary" icon="plus" onClick={() => setOpen({ kind: "form", role: undefined })}>
          {t("admin.roles.create")}
        </Button>
      }
      wide
    >
      <Table caption={t("admin.section.roles")} columns={columns} rows={rows} rowKey={(role) => role._id} loading={roles.size === 0} />
      {open?.kind === "form" && <RoleForm role={open.role} onClose={() => setOpen(undefined)} />}
      {open?.kind === "delete" && <DeleteRole role={open.role} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

function useColumns(onOpen: (open: Open) => void): TableColumn<Role>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      { key: "name", header: t("admin.roles.name"), cell: (role) => role.name },
      { key: "description", header: t("admin.roles.description"), cell: (role) => role.description },
      { key: "scope", header: t("admin.roles.scope"), cell: (role) => t(`admin.roles.scopes.${role.scope}`), width: "11rem" },
      { key: "acts", header: t("admin.roles.acts"), hideHeader: true, width: "8rem", align: "end", cell: (role) => <Acts role={role} onOpen={onOpen} /> },
    ],
    [t, onOpen],
  );
}

function Acts({ role, onOpen }: { role: Role; onOpen: (open: Open) => void }) {
  const { t } = useTranslation();
  if (role.protected) return <Badge>{t("admin.roles.builtIn")}</Badge>;
  return (
    <>
      <IconButton icon="pencil" size="small" label={t("admin.roles.edit", { name: role.name })} onClick={() => onOpen({ kind: "form", role })} />
      <IconButton icon="trash" size="small" label={t("admin.roles.delete", { name: role.name })} onClick={() => onOpen({ kind: "delete", role })} />
    </>
  );
}

function DeleteRole({ role, onClose }: { role: Role; onClose: () => void }) {
  const { t } = useTranslation();
  const confirm = async () => {
    try {
      await answered(rest.POST("/api/v1/roles.delete", { body: { roleId: role._id } }));
    } catch (thrown) {
      throw new Error(explain(thrown), { cause: thrown });
    }
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("admin.roles.deleteTitle", { name: role.name })}
      body={t("admin.roles.deleteBody")}
      confirmLabel={t("admin.roles.deleteVerb")}
      danger
      onConfirm={confirm}
    />
  );
}
