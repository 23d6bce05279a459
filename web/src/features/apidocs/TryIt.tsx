import { type Dispatch, type SetStateAction, useState } from "react";
import { useTranslation } from "@/i18n";
import { useWorkspace } from "@/app/store";
import { loginHeaders } from "@/lib/api/rest";
import { Banner, Button, Form, Select, TextArea, TextField } from "@/ui";
import type { Operation, Parameter } from "./openapi";
import { type Filled, missing, send, type Told } from "./request";
import styles from "./ApiDocs.module.css";

interface TryItProps {
  operation: Operation;
  filled: Filled;
  onFill: Dispatch<SetStateAction<Filled>>;
}

type State = { at: "idle" | "calling" } | { at: "wrong"; problem: string } | { at: "told"; told: Told };

/** Calls the server for real, as whoever is logged in here. */
export function TryIt({ operation, filled, onFill }: TryItProps) {
  const { t } = useTranslation();
  const me = useWorkspace((state) => state.me?.username);
  const [state, set] = useState<State>({ at: "idle" });
  const call = async () => {
    const absent = missing(operation, filled.values);
    if (absent.length > 0) return set({ at: "wrong", problem: t("apidocs.missing", { names: absent.join(", ") }) });
    if (operation.body && !isJson(filled.body)) return set({ at: "wrong", problem: t("apidocs.noJson") });
    set({ at: "calling" });
    try {
      set({ at: "told", told: await send(operation, filled, loginHeaders()) });
    } catch {
      set({ at: "wrong", problem: t("apidocs.unreached") });
    }
  };
  const put = (name: string, value: string) => onFill((before) => ({ ...before, values: { ...before.values, [name]: value } }));
  return (
    <section className={styles.part}>
      <h3 className={styles.partTitle}>{t("apidocs.try")}</h3>
      <p className={styles.muted}>{me ? t("apidocs.tryAs", { name: me }) : t("apidocs.tryAsNobody")}</p>
      <Form className={styles.form} busy={state.at === "calling"} onSubmit={() => void call()}>
        {operation.parameters.map((one) => (
          <ParameterField key={one.name} parameter={one} value={filled.values[one.name] ?? ""} onChange={(value) => put(one.name, value)} />
        ))}
        {operation.body && (
          <TextArea
            label={t("apidocs.body")}
            className={styles.json}
            rows={4}
            resize
            spellCheck={false}
            dir="ltr"
            value={filled.body}
            onChange={(event) => onFill((before) => ({ ...before, body: event.target.value }))}
          />
        )}
        <div>
          <Button type="submit" variant="primary" icon="send" loading={state.at === "calling"}>
            {t("apidocs.call")}
          </Button>
        </div>
      </Form>
      <div aria-live="polite">
        {state.at === "wrong" && <Banner kind="danger">{state.problem}</Banner>}
        {state.at === "told" && <Answered told={state.told} />}
      </div>
    </section>
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function ParameterField({ parameter, value, onChange }: { parameter: Parameter; value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const { name, schema = {} } = parameter;
  const choices = schema.enum?.map(String) ?? (schema.type === "boolean" ? ["true", "false"] : undefined);
  if (choices) {
    const unset = { value: "", label: t("apidocs.unset") };
    return <Select label={name} value={value} onValueChange={onChange} options={[unset, ...choices.map((one) => ({ value: one, label: one }))]} />;
  }
  return <TextField label={name} dir="ltr" autoComplete="off" spellCheck={false} value={value} onChange={(event) => onChange(event.target.value)} />;
}

function Answered({ told }: { told: Told }) {
  const { t, i18n } = useTranslation();
  const number = (value: number, digits = 0) => value.toLocaleString(i18n.language, { maximumFractionDigits: digits });
  return (
    <div className={styles.answer}>
      <p className={styles.answerLine}>
        <b data-ok={told.status < 400}>
          {told.status} {told.statusText}
        </b>
        <span>{t("apidocs.took", { ms: number(told.took, told.took < 10 ? 1 : 0) })}</span>
        <span>{t("apidocs.size", { bytes: number(told.size) })}</span>
      </p>
      {told.headers.length > 0 && (
        <p className={styles.headers} dir="ltr">
          {told.headers.map(([name, value]) => (
            <code key={name}>
              {name}: {shown(name, value, i18n.language)}
            </code>
          ))}
        </p>
      )}
      <pre className={styles.code} dir="ltr">
        {told.text}
      </pre>
    </div>
  );
}

/** The moment at which the count begins anew is sent as milliseconds. */
function shown(name: string, value: string, language: string): string {
  const at = name === "x-ratelimit-reset" && /^\d{12,}$/.test(value) ? new Date(Number(value)) : undefined;
  return at ? `${value} (${at.toLocaleTimeString(language)})` : value;
}
