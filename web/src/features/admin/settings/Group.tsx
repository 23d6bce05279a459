import { useMemo } from "react";
import { useTranslation } from "@/i18n";
import { useMay, useMayAny } from "@/app/store";
import { Banner, EmptyState } from "@/ui";
import { Page, Section } from "../parts/Page";
import { type Definition, lockOf, sectionsOf, type SettingSection } from "./definition";
import { SettingField } from "./SettingField";
import { heading } from "./words";
import styles from "./Settings.module.css";

interface GroupProps {
  group: string;
  all: ReadonlyMap<string, Definition>;
  /** A setting that the address names. */
  sought: string | undefined;
}

/** The settings of one group, under the headings of their sections. */
export function Group({ group, all, sought }: GroupProps) {
  const { t } = useTranslation();
  const everything = useMay("edit-privileged-setting");
  const some = useMayAny(["edit-privileged-setting", "manage-selected-settings"]);
  // Each field hears of its own value, and is not drawn anew with the others.
  const sections = useMemo(() => sectionsOf(all.values(), group), [all, group]);
  const flat = sections.flatMap(({ settings }) => settings);
  if (flat.length === 0) {
    return (
      <Page title={heading(group)} back="/admin/settings">
        <EmptyState icon="gear" title={t("admin.settings.noGroup")} />
      </Page>
    );
  }
  const absent = flat.every((one) => lockOf(one) === "absent");
  return (
    <Page title={heading(group)} back="/admin/settings">
      <div className={styles.banners}>
        {absent && <Banner>{t("admin.settings.groupAbsent")}</Banner>}
        {!some && <Banner>{t("admin.settings.readOnly")}</Banner>}
        {some && !everything && <Banner>{t("admin.settings.selected")}</Banner>}
      </div>
      {sections.map((section) => (
        <Block key={`${section.tab}/${section.id}`} section={section} group={group} editable={some} sought={sought} />
      ))}
    </Page>
  );
}

function Block({ section, group, editable, sought }: { section: SettingSection; group: string; editable: boolean; sought: string | undefined }) {
  const fields = section.settings.map(({ _id }) => <SettingField key={_id} id={_id} editable={editable} sought={sought === _id} />);
  const name = section.id && heading(section.id, group);
  const title = [section.tab && heading(section.tab, group), name].filter(Boolean).join(" › ");
  return title ? <Section title={title}>{fields}</Section> : fields;
}
