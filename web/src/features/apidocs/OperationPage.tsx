import { useEffect, useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { useWorkspace } from "@/app/store";
import { Badge, Disclosure, IconButton, toast } from "@/ui";
import { ParameterFields, SchemaFields } from "./Fields";
import { exampleOf, type Operation } from "./openapi";
import { Prose } from "./Prose";
import { curlOf, type Filled } from "./request";
import { TryIt } from "./TryIt";
import styles from "./ApiDocs.module.css";

/** One call: what it does, what goes in, what comes out, and trying it. */
export function OperationPage({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const [filled, fill] = useState<Filled>(() => ({ values: {}, body: operation.body ? JSON.stringify(exampleOf(operation.body.schema), null, 2) : "" }));
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const { parameters, body, answers } = operation;
  return (
    <article className={styles.page}>
      <a href="#calls" className={styles.toList}>
        {t("apidocs.calls")}
      </a>
      <h2 ref={heading} tabIndex={-1} className={styles.name}>
        <span className={styles.verb} data-method={operation.method}>
          {operation.method}
        </span>{" "}
        <code>{operation.path}</code>
      </h2>
      <p>
        <Prose text={operation.summary} />
      </p>
      {operation.description && (
        <p>
          <Prose text={operation.description} />
        </p>
      )}
      <Needs operation={operation} />
      {parameters.length > 0 && (
        <section className={styles.part}>
          <h3 className={styles.partTitle}>{t("apidocs.parameters")}</h3>
          <ParameterFields parameters={parameters} />
        </section>
      )}
      {body && (
        <section className={styles.part}>
          <h3 className={styles.partTitle}>
            {t("apidocs.body")} <span className={styles.muted}>{body.type}</span>
          </h3>
          <SchemaFields schema={body.schema} />
        </section>
      )}
      <section className={styles.part}>
        <h3 className={styles.partTitle}>{t("apidocs.answers")}</h3>
        {answers.map(({ status, description, schema }) => (
          <Disclosure
            key={status}
            defaultOpen={status === "200"}
            title={
              <>
                <code>{status}</code> <Prose text={description} />
              </>
            }
          >
            {schema ? <SchemaFields schema={schema} /> : <p className={styles.muted}>{t("apidocs.anything")}</p>}
          </Disclosure>
        ))}
      </section>
      <section className={styles.part}>
        <h3 className={styles.partTitle}>{t("apidocs.shell")}</h3>
        <Shell command={curlOf(operation, filled, location.origin)} />
      </section>
      <TryIt operation={operation} filled={filled} onFill={fill} />
    </article>
  );
}

function Needs({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const me = useWorkspace((state) => state.me?.username);
  return (
    <p className={styles.needs}>
      {operation.deprecated && <Badge kind="warning">{t("apidocs.deprecated")}</Badge>}
      <span>{t(operation.login ? "apidocs.login" : "apidocs.noLogin")}</span>
      {operation.permissions.length > 0 && (
        <span>
          {t("apidocs.permissions")} {operation.permissions.map((one) => <code key={one} className={styles.permission}>{one}</code>)}
        </span>
      )}
      {operation.login && !me && <span>{t("apidocs.notLoggedIn")}</span>}
    </p>
  );
}

function Shell({ command }: { command: string }) {
  const { t } = useTranslation();
  const copy = async () => {
    await navigator.clipboard.writeText(command);
    toast({ kind: "success", title: t("apidocs.copied") });
  };
  return (
    <div className={styles.shell}>
      <pre className={styles.code} dir="ltr">
        {command}
      </pre>
      <IconButton icon="copy" size="small" label={t("apidocs.copy")} onClick={() => void copy()} className={styles.copy} />
    </div>
  );
}
