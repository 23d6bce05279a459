import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { paths } from "@/app/paths";
import { Button, EmptyState } from "@/ui";

/** A new member is in no room yet: the one next step. */
export function NoRooms() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  return (
    <EmptyState
      icon="compass"
      title={t("sidebar.empty.title")}
      body={t("sidebar.empty.body")}
      action={
        <Button variant="primary" onClick={() => go(`${paths.directory}/channels`)}>
          {t("sidebar.empty.act")}
        </Button>
      }
    />
  );
}
