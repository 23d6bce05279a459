import type { TFunction } from "i18next";
import { useTranslation } from "@/i18n";
import { Link } from "wouter";
import { Icon } from "@/ui";
import { type Definition, type Lock, lockOf } from "./definition";
import type { Condition } from "./query";
import { useAbsent, useDefinition } from "./store";
import { choice, hint, label } from "./words";
import styles from "./Settings.module.css";

interface NotesProps {
  setting: Definition;
  lock: Lock | undefined;
  waiting: readonly Condition[];
}

/** What there is to know of a setting: what it does, why it cannot be changed, what it waits for. */
export function Notes({ setting, lock, waiting }: NotesProps) {
  const { t } = useTranslation();
  const about = hint(setting);
  return (
    <>
      {about && (
        <span className={styles.note} lang="en" dir="auto">
          {about}
        </span>
      )}
      {bounds(setting, t) && <span className={styles.note}>{bounds(setting, t)}</span>}
      {lock && (
        <span className={styles.note}>
          <Icon name="lock" size="small" />
          {t(`admin.settings.lock.${lock}`, { variable: `OVERWRITE_SETTING_${setting._id}` })}
        </span>
      )}
      {!lock && <Needs waiting={waiting} />}
    </>
  );
}

function bounds({ minValue, maxValue, type }: Definition, t: TFunction): string | undefined {
  if (type === "range" || (minValue === undefined && maxValue === undefined)) return undefined;
  if (maxValue === undefined) return minValue === 0 ? undefined : t("admin.settings.atLeast", { limit: minValue });
  return t("admin.settings.between", { from: minValue ?? 0, to: maxValue });
}

/** What the setting waits for. One thing that this server does not offer says all. */
function Needs({ waiting }: { waiting: readonly Condition[] }) {
  const absent = useAbsent(waiting.map(({ id }) => id));
  const shown = absent ? waiting.filter(({ id }) => id === absent) : waiting;
  return shown.map((condition) => <Need key={condition.id} condition={condition} />);
}

/** A condition on another setting, with the way there. */
function Need({ condition }: { condition: Condition }) {
  const { t } = useTranslation();
  const other = useDefinition(condition.id);
  if (!other) return <span className={styles.note}>{t("admin.settings.needs.unknown", { id: condition.id })}</span>;
  const absent = lockOf(other) === "absent";
  return (
    <span className={styles.note}>
      {t("admin.settings.needs.intro")}{" "}
      <Link href={`/admin/settings/${encodeURIComponent(other.group ?? "other")}?setting=${encodeURIComponent(other._id)}`}>{label(other)}</Link>{" "}
      {wish(condition.wanted, other, t)}
      {absent ? `; ${t("admin.settings.needs.absent")}` : "."}
    </span>
  );
}

function wish(wanted: unknown, other: Definition, t: TFunction): string {
  if (wanted === true) return t("admin.settings.needs.on");
  if (wanted === false) return t("admin.settings.needs.off");
  if (typeof wanted === "string" || typeof wanted === "number") return t("admin.settings.needs.value", { value: named(other, wanted) });
  const { $ne, $in, $gte } = (wanted ?? {}) as { $ne?: unknown; $in?: unknown; $gte?: unknown };
  if ($ne === "") return t("admin.settings.needs.filled");
  if ($ne === true || $ne === false) return t($ne ? "admin.settings.needs.off" : "admin.settings.needs.on");
  if (typeof $ne === "string") return t("admin.settings.needs.other", { value: named(other, $ne) });
  if (Array.isArray($in)) return t("admin.settings.needs.value", { value: $in.map((one) => named(other, String(one))).join(", ") });
  if (typeof $gte === "number") return t("admin.settings.needs.atLeast", { value: $gte });
  return "";
}

function named(setting: Definition, value: string | number): string {
  const found = setting.values?.find(({ key }) => key === String(value));
  return found ? choice(setting, found.i18nLabel) : `“${value}”`;
}
