import { useMemo } from "react";
import { useTranslation } from "@/i18n";
import { useWorkspace } from "@/app/store";
import { findPermissions } from "../permissions/find";
import { explained } from "../permissions/words";
import { Hit } from "./AdminSearch";
import styles from "../Admin.module.css";

const MOST = 10;

export default function FoundPermissions({ text, onPick }: { text: string; onPick: () => void }) {
  const { t } = useTranslation();
  const permissions = useWorkspace((state) => state.permissions);
  const hits = useMemo(() => findPermissions(permissions.values(), text).slice(0, MOST), [permissions, text]);
  if (hits.length === 0) return null;
  return (
    <div>
      <h2 className={styles.foundHeading}>{t("admin.section.permissions")}</h2>
      {hits.map(({ _id }) => (
        <Hit key={_id} href={`/admin/permissions?q=${encodeURIComponent(_id)}`} title={explained(_id)} where={_id} onPick={onPick} />
      ))}
    </div>
  );
}
