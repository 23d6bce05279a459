import { useId, useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { explain } from "@/app/explain";
import { PeoplePicker } from "@/features/people";
import { call } from "@/lib/client/link";
import type { FoundUser } from "@/lib/protocol/methods";
import { Button, Dialog, Form, toast } from "@/ui";
import { useRoomName } from "./names";

interface InviteDialogProps {
  rid: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Brings people into a room, several at once. */
export function InviteDialog({ open, ...rest }: InviteDialogProps) {
  // Made anew each time, so that nobody is picked already.
  return open ? <Opened {...rest} /> : null;
}

function Opened({ rid, onOpenChange }: Omit<InviteDialogProps, "open">) {
  const { t } = useTranslation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const room = useRoomName(rid);
  const [people, setPeople] = useState<FoundUser[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const invite = async () => {
    if (people.length === 0) return input.current?.focus();
    setBusy(true);
    setError(undefined);
    try {
      await call("addUsersToRoom", { rid, users: people.map((one) => one.username) });
      onOpenChange(false);
      const [first] = people;
      toast({ title: t("panel.invite.done", { count: people.length, name: first?.name || first?.username, room }) });
    } catch (thrown) {
      setError(explain(thrown));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={t("panel.invite.title", { room })}
      initialFocus={input}
      keepOpen={people.length > 0}
      footer={
        <Button type="submit" form={id} variant="primary" loading={busy} disabled={people.length === 0}>
          {people.length > 1 ? t("panel.invite.addCount", { count: people.length }) : t("panel.invite.add")}
        </Button>
      }
    >
      <Form id={id} busy={busy} error={error} onSubmit={() => void invite()}>
        <PeoplePicker label={t("panel.invite.people")} hint={t("panel.invite.hint")} value={people} onValueChange={setPeople} rid={rid} inputRef={input} />
      </Form>
    </Dialog>
  );
}
