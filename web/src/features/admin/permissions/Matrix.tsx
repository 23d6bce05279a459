import { memo, useMemo, useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { useWorkspace } from "@/app/store";
import type { Permission, Role } from "@/lib/protocol/documents";
import { grant } from "./grant";
import { explained } from "./words";
import styles from "./Permissions.module.css";

/** Rows that are drawn at once; more as they are scrolled to. */
const STEP = 60;

/** Built-in roles in the order of what they may do; others after them by name. */
const order = ["admin", "owner", "moderator", "leader", "user", "guest", "bot", "app"];

const place = ({ _id }: Role) => (order.includes(_id) ? order.indexOf(_id) : order.length);

function ordered(roles: Iterable<Role>): Role[] {
  return [...roles].toSorted((a, b) => place(a) - place(b) || a.name.localeCompare(b.name));
}

/** The table of permissions and roles; a tick is saved at once, and others' ticks appear by themselves. */
export function Matrix({ rows }: { rows: readonly Permission[] }) {
  const { t } = useTranslation();
  const known = useWorkspace((state) => state.roles);
  const roles = useMemo(() => ordered(known.values()), [known]);
  const [drawn, draw] = useState(STEP);
  const box = useRef<HTMLElement>(null);
  const more = () => {
    const { current } = box;
    if (current && current.scrollHeight - current.scrollTop - current.clientHeight < 800 && drawn < rows.length) draw(drawn + STEP);
  };
  return (
    <section ref={box} className={styles.scroller} onScroll={more}>
      <table className={styles.matrix} aria-label={t("admin.permissions.table")}>
        <thead>
          <tr>
            <th scope="col" className={styles.corner}>
              {t("admin.permissions.permission")}
            </th>
            {roles.map(({ _id, name, description }) => (
              <th key={_id} scope="col" className={styles.role} title={description || undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, drawn).map((permission) => (
            <Row key={permission._id} permission={permission} roles={roles} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const Row = memo(function Row({ permission, roles }: { permission: Permission; roles: readonly Role[] }) {
  const { t } = useTranslation();
  const about = explained(permission._id);
  return (
    <tr>
      <th scope="row" className={styles.name}>
        <bdi lang="en">{about}</bdi>
        <code className={styles.id}>{permission._id}</code>
      </th>
      {roles.map(({ _id, name }) => (
        <td key={_id} className={styles.cell}>
          <label className={styles.tick}>
            <input
              type="checkbox"
              checked={permission.roles.includes(_id)}
              aria-label={t("admin.permissions.tick", { role: name, permission: about })}
              onChange={(event) => void grant(permission._id, _id, event.target.checked, t)}
            />
          </label>
        </td>
      ))}
    </tr>
  );
});
