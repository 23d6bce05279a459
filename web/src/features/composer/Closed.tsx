import { type FormEvent, useState } from "react";
import { useTranslation } from "@/i18n";
import { useWorkspace } from "@/app/store";
import { call } from "@/lib/client/link";
import { asCallError } from "@/lib/ddp/errors";
import { titleOf } from "@/lib/store/rooms";
import type { Standing } from "@/lib/store/rules";
import { Button, Icon, type IconName, TextField } from "@/ui";
import styles from "./Closed.module.css";

const signs: Record<Exclude<Standing, "open" | "guest">, IconName> = { archived: "archive", blocked: "user-minus", readonly: "lock", muted: "bell-off" };

/** In place of the field, where this user cannot write: why. */
export function Closed({ standing }: { standing: Exclude<Standing, "open" | "guest"> }) {
  const { t } = useTranslation();
  return (
    <p className={styles.closed}>
      <Icon name={signs[standing]} size="small" /> {t(`composer.closed.${standing}`)}
    </p>
  );
}

/** In place of the field, for who is not in the room: the way in. */
export function Guest({ rid }: { rid: string }) {
  const { t } = useTranslation();
  const room = useWorkspace((state) => state.rooms.get(rid));
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const [asks, setAsks] = useState(room?.joinCodeRequired === true);
  const [code, setCode] = useState("");

  const join = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefused(undefined);
    try {
      await call("joinRoom", rid, ...(code ? [code] : []));
    } catch (thrown) {
      const error = asCallError(thrown);
      const needsCode = /code/.test(error.id);
      // The first refusal for want of a code is the question for it.
      if (needsCode && !asks) setAsks(true);
      else setRefused(needsCode ? t("composer.guest.wrongCode") : error.message);
    } finally {
      setBusy(false);
    }
  };
  const name = titleOf(undefined, room);
  return (
    <form className={styles.guest} onSubmit={(event) => void join(event)}>
      <p className={styles.words}>{name ? t("composer.guest.named", { name }) : t("composer.guest.title")}</p>
      {asks ? <TextField label={t("composer.guest.code")} value={code} error={refused} onChange={(event) => setCode(event.target.value)} required autoComplete="off" /> : null}
      <Button type="submit" variant="primary" loading={busy}>{t("composer.guest.join")}</Button>
      {refused && !asks ? <p role="alert" className={styles.refused}>{refused}</p> : null}
    </form>
  );
}
