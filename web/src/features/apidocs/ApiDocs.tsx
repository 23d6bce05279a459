import { useDeferredValue, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useTranslation } from "@/i18n";
import { Link } from "wouter";
import { paths } from "@/app/paths";
import { loginHeaders } from "@/lib/api/rest";
import { EmptyState, ErrorState, Icon, SearchField, SkeletonList } from "@/ui";
import { families, findOperation, type OpenApi, operationsOf } from "./openapi";
import { OperationList } from "./OperationList";
import { OperationPage } from "./OperationPage";
import styles from "./ApiDocs.module.css";

function onHash(heard: () => void): () => void {
  addEventListener("hashchange", heard);
  return () => removeEventListener("hashchange", heard);
}

const hash = () => location.hash;

type Document = { at: "waiting" } | { at: "failed"; detail: string } | { at: "known"; document: OpenApi };

function useDocument(): [Document, () => void] {
  const [document, set] = useState<Document>({ at: "waiting" });
  const [tries, again] = useState(0);
  useEffect(() => {
    const load = async () => {
      const response = await fetch(`/api/v1/openapi.json${tries > 0 ? `?again=${tries}` : ""}`, { headers: loginHeaders() });
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      return (await response.json()) as OpenApi;
    };
    load().then(
      (loaded) => set({ at: "known", document: loaded }),
      (thrown: unknown) => set({ at: "failed", detail: String(thrown) }),
    );
  }, [tries]);
  return [document, () => again(tries + 1)];
}

/** The REST API: every call of this server, from the document that it writes of itself. */
export function ApiDocs() {
  const { t } = useTranslation();
  const [state, again] = useDocument();
  return (
    <div className={styles.docs}>
      <header className={styles.header}>
        <Link href={paths.home} className={styles.home}>
          <Icon name="arrow-start" size="small" />
          {t("apidocs.home")}
        </Link>
        <h1 className={styles.title}>{t("apidocs.title")}</h1>
        {state.at === "known" && (
          <p className={styles.version}>
            {state.document.info.title} {state.document.info.version}
          </p>
        )}
      </header>
      {state.at === "waiting" && <SkeletonList rows={12} />}
      {state.at === "failed" && <ErrorState title={t("apidocs.failed")} body={t("apidocs.failedBody")} onRetry={again} detail={state.detail} />}
      {state.at === "known" && <Browser document={state.document} />}
    </div>
  );
}

function Browser({ document: api }: { document: OpenApi }) {
  const { t } = useTranslation();
  const [text, write] = useState("");
  const wanted = useDeferredValue(text);
  const operations = useMemo(() => operationsOf(api), [api]);
  const shown = useMemo(() => families(operations, wanted), [operations, wanted]);
  const chosen = findOperation(operations, useSyncExternalStore(onHash, hash));
  useEffect(() => {
    document.title = chosen ? `${chosen.name} – ${t("apidocs.title")}` : t("apidocs.title");
  }, [chosen, t]);
  return (
    <main className={styles.columns} data-at={chosen ? "call" : "list"}>
      <nav className={styles.side} aria-label={t("apidocs.calls")}>
        <div className={styles.search}>
          <SearchField label={t("apidocs.search")} value={text} onValueChange={write} />
        </div>
        <OperationList families={shown} chosen={chosen?.id} open={wanted.trim() !== ""} />
      </nav>
      <div className={styles.main}>
        {chosen ? (
          <OperationPage key={chosen.id} operation={chosen} />
        ) : (
          <EmptyState icon="code" title={t("apidocs.count", { count: operations.length })} body={t("apidocs.choose")} />
        )}
      </div>
    </main>
  );
}
