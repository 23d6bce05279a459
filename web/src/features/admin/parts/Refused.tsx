import { useTranslation } from "@/i18n";
import { EmptyState } from "@/ui";
import { sections, type AdminSection } from "../sections";

/** Says which permission is missing, and who can give it. */
export function Refused({ section }: { section?: AdminSection["id"] }) {
  const { t } = useTranslation();
  const needed = sections.find(({ id }) => id === section)?.permissions ?? [];
  return (
    <EmptyState
      page
      icon="lock"
      title={t("admin.refused.title")}
      body={section ? t("admin.refused.body", { permissions: needed.join(", "), count: needed.length }) : t("admin.refused.all")}
    />
  );
}
