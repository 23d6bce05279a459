import { lazy, Suspense } from "react";
import { useTranslation } from "@/i18n";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { useMayAny, useWorkspace } from "@/app/store";
import { mayAny } from "@/lib/store/permissions";
import { EmptyState, SkeletonList } from "@/ui";
import { AdminNav } from "./AdminNav";
import { Refused } from "./parts/Refused";
import { type AdminSection, sectionOf, sections } from "./sections";
import styles from "./Admin.module.css";

const pages = {
  info: lazy(() => import("./workspace/Workspace")),
  users: lazy(() => import("./users/Users")),
  rooms: lazy(() => import("./rooms/Rooms")),
  invites: lazy(() => import("./invites/Invites")),
  permissions: lazy(() => import("./permissions/Permissions")),
  roles: lazy(() => import("./permissions/Roles")),
  settings: lazy(() => import("./settings/Settings")),
} as const satisfies Record<AdminSection["id"], unknown>;

/** The administration: its sections at the side, one of them beside them; on a phone one at a time. */
export function Admin() {
  const [path] = useLocation();
  const section = sectionOf(path);
  const open = useWorkspace((state) => sections.some(({ permissions }) => mayAny(state, permissions)));
  return (
    <div className={styles.admin} data-at={section || !open ? "page" : "list"}>
      {open && <AdminNav current={section} />}
      <Suspense fallback={<div className={styles.waiting}><SkeletonList /></div>}>
        <Switch>
          <Route path="/admin">
            <Start />
          </Route>
          <Route>{section ? <Guarded section={section} /> : <Missing />}</Route>
        </Switch>
      </Suspense>
    </div>
  );
}

/** The first section that this user may see; a phone shows the list of sections first. */
function Start() {
  const first = useWorkspace((state) => sections.find(({ permissions }) => mayAny(state, permissions))?.id);
  const ready = useWorkspace((state) => state.permissions.size > 0);
  if (!ready) return null;
  if (!first) return <Refused />;
  if (matchMedia("(width < 640px)").matches) return null;
  return <Redirect to={`/admin/${first}`} replace />;
}

function Guarded({ section }: { section: AdminSection["id"] }) {
  const allowed = useMayAny(sections.find(({ id }) => id === section)?.permissions ?? []);
  const ready = useWorkspace((state) => state.permissions.size > 0);
  if (!ready) return null;
  if (!allowed) return <Refused section={section} />;
  const Found = pages[section];
  return <Found />;
}

function Missing() {
  const { t } = useTranslation();
  return <EmptyState page icon="compass" title={t("admin.missing.title")} body={t("admin.missing.body")} />;
}
