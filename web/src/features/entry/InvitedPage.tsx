import { useEffect, useState } from "react";
import { useTranslation } from "@/i18n";
import { Link, useLocation } from "wouter";
import { explain } from "@/app/explain";
import { paths } from "@/app/paths";
import { useSetting } from "@/app/store";
import { isGoodInvite } from "@/lib/client/invites";
import { Button, ErrorState, SkeletonList } from "@/ui";
import { EntryFrame, useSiteName } from "./EntryFrame";
import styles from "./Entry.module.css";

type Look = { at: "looking" } | { at: "good" } | { at: "bad" } | { at: "failed"; why: unknown };

/** Asks the server about a link; again by `again`. */
function useLook(token: string): [Look, () => void] {
  const [turn, setTurn] = useState(0);
  const [found, note] = useState<{ of: string; look: Look }>();
  const of = `${turn} ${token}`;
  useEffect(() => {
    let here = true;
    isGoodInvite(token).then(
      (good) => here && note({ of, look: { at: good ? "good" : "bad" } }),
      (why: unknown) => here && note({ of, look: { at: "failed", why } }),
    );
    return () => {
      here = false;
    };
  }, [token, of]);
  return [found?.of === of ? found.look : { at: "looking" }, () => setTurn(turn + 1)];
}

/** Where a link leads somebody who is not logged in. It stays in the address until they are, and then lets them in. */
export default function InvitedPage({ token }: { token: string }) {
  const { t } = useTranslation();
  const site = useSiteName();
  const [look, again] = useLook(token);
  const form = useSetting("Accounts_RegistrationForm");
  const opens = form === "Public" || form === "Secret URL";
  if (look.at === "bad") {
    return (
      <EntryFrame title={t("entry.invited.bad.title")} lead={t("entry.invited.bad.body")}>
        <p>
          <Link href={paths.login}>{t("entry.toLogin")}</Link>
        </p>
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title={t("entry.invited.title", { site })} lead={look.at === "good" ? t(opens ? "entry.invited.lead" : "entry.invited.leadClosed") : undefined}>
      {look.at === "looking" && <SkeletonList rows={3} />}
      {look.at === "failed" && <ErrorState title={t("entry.invited.failed")} body={explain(look.why)} onRetry={again} />}
      {look.at === "good" && <Ways token={token} opens={opens} />}
    </EntryFrame>
  );
}

function Ways({ token, opens }: { token: string; opens: boolean }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  return (
    <div className={styles.group}>
      {opens && (
        <Button variant="primary" wide onClick={() => go(paths.invited(token, "register"))}>
          {t("entry.login.register")}
        </Button>
      )}
      <Button variant={opens ? "secondary" : "primary"} wide onClick={() => go(paths.invited(token, "login"))}>
        {t("entry.login.act")}
      </Button>
      {!opens && <p className={styles.aside}>{t("entry.login.closed")}</p>}
    </div>
  );
}
