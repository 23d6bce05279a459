import { useId, useState } from "react";
import { useTranslation } from "@/i18n";
import { explain } from "@/app/explain";
import { findOrCreateInvite, inviteDays, type InviteLink, inviteUses } from "@/lib/client/invites";
import { Button, Dialog, Form, Select, TextField, toast } from "@/ui";
import { useRoomName } from "./names";
import styles from "./Pane.module.css";

interface InviteLinkDialogProps {
  rid: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Makes a link that lets whoever has it into a room. */
export function InviteLinkDialog({ open, ...rest }: InviteLinkDialogProps) {
  return open ? <Opened {...rest} /> : null;
}

function Opened({ rid, onOpenChange }: Omit<InviteLinkDialogProps, "open">) {
  const { t } = useTranslation();
  const id = useId();
  const room = useRoomName(rid);
  const [days, setDays] = useState("7");
  const [uses, setUses] = useState("0");
  const [link, setLink] = useState<InviteLink>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const choose = (set: (value: string) => void) => (value: string) => {
    // What is shown is for what was chosen before.
    setLink(undefined);
    set(value);
  };
  const make = async () => {
    setBusy(true);
    setError(undefined);
    try {
      setLink(await findOrCreateInvite(rid, Number(days), Number(uses)));
    } catch (thrown) {
      setError(explain(thrown));
    } finally {
      setBusy(false);
    }
  };
  const dayOptions = inviteDays.map((count) => ({ value: String(count), label: count ? t("panel.inviteLink.days", { count }) : t("panel.inviteLink.never") }));
  const useOptions = inviteUses.map((count) => ({ value: String(count), label: count ? t("panel.inviteLink.uses", { count }) : t("panel.inviteLink.everybody") }));
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={t("panel.inviteLink.title", { room })}
      description={t("panel.inviteLink.hint")}
      size="small"
      footer={link ? <Copy link={link} /> : <Make form={id} busy={busy} />}
    >
      <Form id={id} busy={busy} error={error} onSubmit={() => void make()}>
        <Select label={t("panel.inviteLink.ends")} options={dayOptions} value={days} onValueChange={choose(setDays)} />
        <Select label={t("panel.inviteLink.for")} options={useOptions} value={uses} onValueChange={choose(setUses)} />
        {link && <Made link={link} />}
      </Form>
    </Dialog>
  );
}

function Make({ form, busy }: { form: string; busy: boolean }) {
  const { t } = useTranslation();
  return (
    <Button type="submit" form={form} variant="primary" icon="link" loading={busy}>
      {t("panel.inviteLink.make")}
    </Button>
  );
}

function Copy({ link }: { link: InviteLink }) {
  const { t } = useTranslation();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link.url);
      toast({ title: t("panel.inviteLink.copied") });
    } catch {
      toast({ kind: "danger", title: t("panel.inviteLink.copyFailed") });
    }
  };
  return (
    <Button variant="primary" icon="copy" onClick={() => void copy()}>
      {t("panel.inviteLink.copy")}
    </Button>
  );
}

/** The link, and how long it is good: one that was made before has less before it than was asked for. */
function Made({ link }: { link: InviteLink }) {
  const { t, i18n } = useTranslation();
  const when = link.expires && new Date(link.expires).toLocaleString(i18n.language, { dateStyle: "medium", timeStyle: "short" });
  return (
    <>
      <TextField label={t("panel.inviteLink.link")} value={link.url} readOnly dir="ltr" onFocus={(event) => event.target.select()} />
      <p className={styles.meta} role="status">
        {when ? t("panel.inviteLink.until", { when }) : t("panel.inviteLink.endless")}{" "}
        {link.maxUses > 0 ? t("panel.inviteLink.left", { count: link.maxUses - link.uses }) : t("panel.inviteLink.unlimited")}
      </p>
    </>
  );
}
