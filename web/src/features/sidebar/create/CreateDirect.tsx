import { useState } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { explain } from "@/app/explain";
import { roomPath } from "@/app/paths";
import { useSetting } from "@/app/store";
import { PeoplePicker } from "@/features/people";
import { call } from "@/lib/client/link";
import type { FoundUser } from "@/lib/protocol/methods";
import { Form } from "@/ui";
import { close, CreateDialog, type InsideProps } from "./CreateDialog";

/** A conversation with one or several people; the one that there is, where there is one. */
export function CreateDirect({ open }: { open: boolean }) {
  const { t } = useTranslation();
  return (
    <CreateDialog open={open} title={t("sidebar.newMessage")} act={t("sidebar.newDirect.act")}>
      {(inside) => <Inside {...inside} />}
    </CreateDialog>
  );
}

function Inside({ id, field, busy, onBusy }: InsideProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const limit = useSetting("DirectMesssage_maxUsers");
  const most = typeof limit === "number" && limit > 1 ? limit - 1 : undefined;
  const [people, setPeople] = useState<FoundUser[]>([]);
  const [error, setError] = useState<string>();
  const [tried, setTried] = useState(false);

  const open = async () => {
    setTried(true);
    if (people.length === 0) return field.current?.focus();
    onBusy(true);
    setError(undefined);
    try {
      const { rid } = await call("createDirectMessage", ...people.map((person) => person.username));
      close();
      go(roomPath({ _id: rid, t: "d" }));
    } catch (thrown) {
      setError(explain(thrown));
    } finally {
      onBusy(false);
    }
  };
  const pick = (picked: FoundUser[]) => setPeople(most === undefined ? picked : picked.slice(0, most));
  return (
    <Form id={id} onSubmit={() => void open()} busy={busy} error={error}>
      <PeoplePicker
        label={t("sidebar.newDirect.people")}
        hint={most === undefined ? undefined : t("sidebar.newDirect.most", { count: most })}
        error={tried && people.length === 0 ? t("sidebar.newDirect.missing") : undefined}
        value={people}
        onValueChange={pick}
        inputRef={field}
      />
    </Form>
  );
}
