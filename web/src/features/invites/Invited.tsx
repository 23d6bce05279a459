import { useEffect, useState } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { explain } from "@/app/explain";
import { paths, roomPath } from "@/app/paths";
import { enterByInvite } from "@/lib/client/invites";
import { asCallError, type CallError } from "@/lib/ddp/errors";
import { Button, EmptyState, ErrorState, SkeletonList } from "@/ui";

/** What came of which try; while there is nothing of the current one, it is under way. */
interface Outcome {
  of: string;
  came: "bad" | CallError;
}

/** Where a link leads somebody who is logged in: into its room. */
export function Invited({ token }: { token: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [turn, setTurn] = useState(0);
  const [outcome, note] = useState<Outcome>();
  const of = `${turn} ${token}`;
  useEffect(() => {
    let here = true;
    enterByInvite(token).then(
      (room) => here && (room ? go(roomPath({ ...room, name: room.name ?? room.rid }), { replace: true }) : note({ of, came: "bad" })),
      (thrown: unknown) => here && note({ of, came: asCallError(thrown) }),
    );
    return () => {
      here = false;
    };
  }, [token, of, go]);
  const home = <Button onClick={() => go(paths.home)}>{t("app.notFound.home")}</Button>;
  if (outcome?.of !== of) return <Entering />;
  const { came } = outcome;
  if (came === "bad" || came.id === "error-invite-expired") return <EmptyState page icon="link" title={t("entry.invited.bad.title")} body={t("entry.invited.bad.body")} action={home} />;
  if (came.id === "error-user-is-banned") return <EmptyState page icon="lock" title={t("entry.invited.banned.title")} body={t("entry.invited.banned.body")} action={home} />;
  return <ErrorState page title={t("entry.invited.failed")} body={explain(came)} detail={came.id} onRetry={() => setTurn(turn + 1)} />;
}

function Entering() {
  const { t } = useTranslation();
  return (
    <div aria-busy="true">
      <h1 className="sr-only">{t("entry.invited.entering")}</h1>
      <SkeletonList rows={6} avatar />
    </div>
  );
}
