import { useState } from "react";
import { useTranslation } from "@/i18n";
import { connection } from "@/lib/client/link";
import { asCallError } from "@/lib/ddp/errors";
import { Button } from "@/ui";
import type { ControlProps } from "./Control";
import { explain } from "../../parts/explain";
import { actionName, label } from "../words";
import styles from "../Settings.module.css";

/** A picture of the workspace: what it must be, and that it is the built-in one. */
export function AssetControl({ setting, hint }: ControlProps) {
  const { t } = useTranslation();
  const { extensions = [], width, height } = setting.fileConstraints ?? {};
  const own = typeof setting.value === "object" && setting.value !== null && "url" in setting.value;
  const size = width && height ? t("admin.settings.asset.size", { width, height }) : "";
  return (
    <div className={styles.plain}>
      <p className={styles.legend}>{label(setting)}</p>
      <p className={styles.legendHint}>
        {[t(own ? "admin.settings.asset.own" : "admin.settings.asset.builtIn"), extensions.join(", "), size].filter(Boolean).join(" · ")}
      </p>
      <p className={styles.legendHint}>{hint}</p>
    </div>
  );
}

/** Something that the server does when it is asked to. */
export function ActionControl({ setting, disabled, saving, hint }: ControlProps) {
  const { t } = useTranslation();
  const [at, setAt] = useState<"idle" | "running" | "done">("idle");
  const run = async () => {
    setAt("running");
    saving.forget();
    try {
      await connection.call(String(setting.value), []);
      setAt("done");
    } catch (thrown) {
      setAt("idle");
      saving.refuse(asCallError(thrown).id === "404" ? t("admin.settings.action.absent") : explain(thrown));
    }
  };
  return (
    <div className={styles.plain}>
      <Button loading={at === "running"} disabled={disabled} onClick={() => void run()}>
        {actionName(setting)}
      </Button>
      <p className={styles.legendHint}>{hint}</p>
      <output className={styles.legendHint}>{at === "done" && t("admin.settings.action.done")}</output>
      <p role="alert" className={styles.problem}>
        {saving.fate.problem}
      </p>
    </div>
  );
}
