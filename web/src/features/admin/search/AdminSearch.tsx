import { lazy, Suspense } from "react";
import { useTranslation } from "@/i18n";
import { Link } from "wouter";
import { useMayAny, useWorkspaceShallow } from "@/app/store";
import { mayAny } from "@/lib/store/permissions";
import { READ_SETTINGS, sections } from "../sections";
import { find } from "./find";
import styles from "../Admin.module.css";

// What settings and permissions are called is only needed by who searches.
const FoundSettings = lazy(() => import("./FoundSettings"));
const FoundPermissions = lazy(() => import("./FoundPermissions"));

interface AdminSearchProps {
  text: string;
  onPick: () => void;
}

/** Everything in the administration that a text finds. */
export function AdminSearch({ text, onPick }: AdminSearchProps) {
  const { t } = useTranslation();
  const settings = useMayAny(READ_SETTINGS);
  const permissions = useMayAny(["access-permissions"]);
  return (
    <section className={styles.found} aria-label={t("admin.search.results")}>
      <FoundPages text={text} onPick={onPick} />
      <Suspense fallback={null}>
        {settings && <FoundSettings text={text} onPick={onPick} />}
        {permissions && <FoundPermissions text={text} onPick={onPick} />}
      </Suspense>
      <InLists text={text} onPick={onPick} />
    </section>
  );
}

function FoundPages({ text, onPick }: AdminSearchProps) {
  const { t } = useTranslation();
  const open = useWorkspaceShallow((state) => sections.filter(({ permissions }) => mayAny(state, permissions)));
  const pages = find(open.map((item) => ({ item, title: t(`admin.section.${item.id}`), also: "" })), text, 5);
  if (pages.length === 0) return null;
  return (
    <div>
      {pages.map(({ id }) => (
        <Hit key={id} href={`/admin/${id}`} title={t(`admin.section.${id}`)} onPick={onPick} />
      ))}
    </div>
  );
}

/** The lists in which the server searches. */
function InLists({ text, onPick }: AdminSearchProps) {
  const { t } = useTranslation();
  const lists = useWorkspaceShallow((state) => sections.filter(({ id, permissions }) => (id === "users" || id === "rooms") && mayAny(state, permissions)));
  return (
    <div>
      {lists.map(({ id }) => (
        <Hit key={id} href={`/admin/${id}?q=${encodeURIComponent(text)}`} title={t(`admin.search.${id}`, { text })} onPick={onPick} />
      ))}
    </div>
  );
}

/** One thing that was found, and where it is. */
export function Hit({ href, title, where, onPick }: { href: string; title: string; where?: string; onPick: () => void }) {
  return (
    <Link href={href} className={styles.hit} onClick={onPick}>
      {title}
      {where && <span className={styles.hitWhere}>{where}</span>}
    </Link>
  );
}
