import { useState } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { explain } from "@/app/explain";
import { roomPath } from "@/app/paths";
import { useMay, useWorkspace } from "@/app/store";
import { view } from "@/app/view";
import { PeoplePicker } from "@/features/people";
import { call } from "@/lib/client/link";
import type { FoundUser } from "@/lib/protocol/methods";
import { Form, Switch, TextField } from "@/ui";
import { close, CreateDialog, type InsideProps } from "./CreateDialog";
import { useName } from "./useName";

/** A new channel, or a private group: one dialog, as the one can become the other later. */
export function CreateRoom({ open }: { open: boolean }) {
  const { t } = useTranslation();
  return (
    <CreateDialog open={open} title={t("sidebar.newRoom.title")} act={t("sidebar.newRoom.act")} keepOpen>
      {(inside) => <Inside {...inside} />}
    </CreateDialog>
  );
}

function Inside({ id, field, busy, onBusy }: InsideProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const may = { open: useMay("create-c"), closed: useMay("create-p") };
  const own = useWorkspace((state) => state.me?.username);
  const name = useName();
  const [hidden, hide] = useState(!may.open || (may.closed && view.getState().create === "group"));
  const [readOnly, setReadOnly] = useState(false);
  const [topic, setTopic] = useState("");
  const [members, setMembers] = useState<FoundUser[]>([]);
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<string>();

  const make = async () => {
    setTried(true);
    if (name.problem) return field.current?.focus();
    onBusy(true);
    setError(undefined);
    try {
      const usernames = members.map((person) => person.username);
      const extra = topic.trim() === "" ? {} : { topic: topic.trim() };
      const made = await call(hidden ? "createPrivateGroup" : "createChannel", name.name, usernames, readOnly, {}, extra);
      close();
      go(roomPath({ _id: made.rid, t: hidden ? "p" : "c", name: made.name }));
    } catch (thrown) {
      setError(explain(thrown));
      field.current?.focus();
    } finally {
      onBusy(false);
    }
  };
  // While it is being typed, only what typing on will not mend is said.
  const said = name.problem && (tried || (name.problem !== "missing" && name.typed !== "")) ? t(`sidebar.newRoom.name.${name.problem}`) : undefined;
  return (
    <Form id={id} onSubmit={() => void make()} busy={busy} error={error}>
      <TextField
        ref={field}
        label={t("sidebar.newRoom.name.label")}
        hint={t("sidebar.newRoom.name.hint")}
        prefix={hidden ? undefined : "#"}
        autoComplete="off"
        autoCapitalize="none"
        value={name.typed}
        error={said}
        onChange={(event) => name.type(event.target.value)}
      />
      <TextField label={t("sidebar.newRoom.topic")} optional={t("sidebar.optional")} autoComplete="off" value={topic} onChange={(event) => setTopic(event.target.value)} />
      <PeoplePicker label={t("sidebar.newRoom.members")} value={members} onValueChange={setMembers} exclude={own ? [own] : []} />
      <Switch
        label={t("sidebar.newRoom.private")}
        hint={t(hidden ? "sidebar.newRoom.privateOn" : "sidebar.newRoom.privateOff")}
        checked={hidden}
        disabled={!may.open || !may.closed}
        onCheckedChange={hide}
      />
      <Switch label={t("sidebar.newRoom.readOnly")} hint={t("sidebar.newRoom.readOnlyHint")} checked={readOnly} onCheckedChange={setReadOnly} />
    </Form>
  );
}
