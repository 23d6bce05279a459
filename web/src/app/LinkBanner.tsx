import { useEffect, useState } from "react";
import { useTranslation } from "@/i18n";
import { connection } from "@/lib/client/link";
import { Banner, Button } from "@/ui";
import { useWorkspace } from "./store";

/** A short break is not worth a word. */
const GRACE = 2_000;

/** Says that the server cannot be reached, and that nothing is lost by it. */
export function LinkBanner() {
  const { t } = useTranslation();
  const away = useWorkspace((state) => state.link.at !== "open");
  const [said, say] = useState(false);
  useEffect(() => {
    if (!away) return;
    const timer = setTimeout(() => say(true), GRACE);
    return () => {
      clearTimeout(timer);
      say(false);
    };
  }, [away]);
  if (!said || !away) return null;
  return (
    <Banner kind="warning" action={<Button size="small" variant="ghost" onClick={() => connection.probe()}>{t("app.link.retry")}</Button>}>
      {t("app.link.offline")}
    </Banner>
  );
}
