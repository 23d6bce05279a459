import { useDeferredValue, useMemo } from "react";
import { useTranslation } from "@/i18n";
import { findSettings, placeOf, settingPath } from "../settings/find";
import { useSettings } from "../settings/store";
import { label } from "../settings/words";
import { Hit } from "./AdminSearch";
import styles from "../Admin.module.css";

const MOST = 30;

export default function FoundSettings({ text, onPick }: { text: string; onPick: () => void }) {
  const { t } = useTranslation();
  const { all } = useSettings();
  const wanted = useDeferredValue(text);
  const hits = useMemo(() => findSettings(all?.values() ?? [], wanted, MOST), [all, wanted]);
  return (
    <div>
      <h2 className={styles.foundHeading}>{t("admin.section.settings")}</h2>
      {hits.map((one) => (
        <Hit key={one._id} href={settingPath(one)} title={label(one)} where={placeOf(one)} onPick={onPick} />
      ))}
      {all && hits.length === 0 && <p className={styles.nothing}>{t("admin.search.nothing")}</p>}
    </div>
  );
}
