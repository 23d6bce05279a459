import { useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "@/i18n";
import { Link, useSearch } from "wouter";
import { useMay, useWorkspace } from "@/app/store";
import { EmptyState, SearchField, Select } from "@/ui";
import { Page } from "../parts/Page";
import { findPermissions } from "./find";
import { Matrix } from "./Matrix";
import { familyOf, ofSetting } from "./words";
import styles from "./Permissions.module.css";

const families = ["all", "rooms", "messages", "people", "server", "omnichannel", "settings"] as const;
type Family = (typeof families)[number];

/** Which roles may do what: every permission in a row, every role in a column. */
export default function Permissions() {
  const { t } = useTranslation();
  const asked = new URLSearchParams(useSearch()).get("q") ?? "";
  // What the address asks for again replaces what is typed.
  return <Search key={asked} asked={asked} title={t("admin.section.permissions")} />;
}

function Search({ asked, title }: { asked: string; title: string }) {
  const { t } = useTranslation();
  const [text, write] = useState(asked);
  const [family, choose] = useState<Family>(ofSetting(asked) ? "settings" : "all");
  const wanted = useDeferredValue(text);
  const permissions = useWorkspace((state) => state.permissions);
  const ofSettings = useMay("access-setting-permissions");
  const rows = useMemo(() => {
    const found = findPermissions(permissions.values(), wanted);
    return found.filter(({ _id }) => {
      const own = familyOf(_id);
      // A thousand rows about single settings are shown to who asks for them.
      if (own === "settings") return ofSettings && (family === "settings" || (family === "all" && wanted.trim() !== ""));
      return family === "all" || own === family;
    });
  }, [permissions, wanted, family, ofSettings]);
  const options = families.filter((one) => one !== "settings" || ofSettings).map((value) => ({ value, label: t(`admin.permissions.family.${value}`) }));
  return (
    <Page
      title={title}
      about={
        <>
          {t("admin.permissions.about")} <Link href="/admin/roles">{t("admin.permissions.toRoles")}</Link>
        </>
      }
      wide
      fixed
    >
      <div className={styles.tools}>
        <SearchField label={t("admin.permissions.search")} value={text} onValueChange={write} />
        <Select label={t("admin.permissions.family.label")} hideLabel options={options} value={family} onValueChange={choose} />
      </div>
      {rows.length > 0 ? <Matrix rows={rows} /> : <EmptyState icon="search" title={t("admin.search.nothing")} />}
    </Page>
  );
}
