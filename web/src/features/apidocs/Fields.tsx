import type { CSSProperties } from "react";
import { useTranslation } from "@/i18n";
import { Badge } from "@/ui";
import { alternatives, type FieldRow, fieldsOf, limitsOf, type Parameter, type Schema, typeOf } from "./openapi";
import { Prose } from "./Prose";
import styles from "./ApiDocs.module.css";

/** The fields of a body or an answer. */
export function SchemaFields({ schema }: { schema: Schema }) {
  const { t } = useTranslation();
  const rows = fieldsOf(schema);
  const sets = alternatives(schema);
  if (rows.length === 0) return <p className={styles.muted}>{typeOf(schema) === "any" ? t("apidocs.anything") : <code>{typeOf(schema)}</code>}</p>;
  return (
    <>
      <FieldList rows={rows} />
      {sets.length > 1 && (
        <p className={styles.muted}>
          {t("apidocs.oneOf")} {sets.map((names) => names.join(" + ")).join(", ")}
        </p>
      )}
    </>
  );
}

/** What goes into the address. */
export function ParameterFields({ parameters }: { parameters: readonly Parameter[] }) {
  const rows = parameters.map(
    ({ name, required, description, schema = {}, in: place }): FieldRow => ({
      path: name,
      depth: 0,
      type: typeOf(schema),
      required: Boolean(required) || place === "path",
      description,
      limits: limitsOf(schema),
    }),
  );
  return <FieldList rows={rows} />;
}

function FieldList({ rows }: { rows: readonly FieldRow[] }) {
  const { t } = useTranslation();
  return (
    <dl className={styles.fields}>
      {rows.map(({ path, depth, type, required, description, limits }, place) => (
        <div key={`${place}${path}`} className={styles.field} style={{ "--depth": depth } as CSSProperties}>
          <dt className={styles.fieldName}>
            <code>{path}</code> {required && <Badge kind="accent">{t("apidocs.required")}</Badge>}
            <span className={styles.fieldType}>{[type, limits].filter(Boolean).join(", ")}</span>
          </dt>
          <dd className={styles.fieldAbout}>{description && <Prose text={description} />}</dd>
        </div>
      ))}
    </dl>
  );
}
