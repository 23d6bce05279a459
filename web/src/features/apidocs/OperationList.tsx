import { memo, useEffect, useRef } from "react";
import { useTranslation } from "@/i18n";
import type { Family } from "./openapi";
import styles from "./ApiDocs.module.css";

interface OperationListProps {
  families: readonly Family[];
  chosen: string | undefined;
  /** Whether all families are unfolded, as while something is sought. */
  open: boolean;
}

/** The calls by family; a family is folded until something in it is of interest. */
export const OperationList = memo(function OperationList({ families, chosen, open }: OperationListProps) {
  const { t } = useTranslation();
  const current = useRef<HTMLAnchorElement>(null);
  useEffect(() => current.current?.scrollIntoView({ block: "nearest" }), []);
  if (families.length === 0) return <p className={styles.nothing}>{t("apidocs.nothing")}</p>;
  return (
    <div className={styles.list}>
      {families.map(({ name, operations }) => (
        <details key={`${name}${open}`} className={styles.family} open={open || operations.some(({ id }) => id === chosen)}>
          <summary className={styles.summary}>
            {name} <span className={styles.count}>{operations.length}</span>
          </summary>
          <ul>
            {operations.map((one) => (
              <li key={one.id}>
                <a
                  ref={one.id === chosen ? current : undefined}
                  href={`#${encodeURI(one.id)}`}
                  className={styles.call}
                  aria-current={one.id === chosen ? "page" : undefined}
                  data-deprecated={one.deprecated || undefined}
                >
                  <span className={styles.verb} data-method={one.method}>
                    {one.method}
                  </span>
                  <span className={styles.callName}>{one.name}</span>
                </a>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  );
});
