import { useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { Field, Select, TextField } from "@/ui";
import type { ControlProps } from "./Control";
import { SaveButtons } from "./TextControl";
import { useDraft } from "./useDraft";
import { read, spanOf, tick, type Unit, units } from "../values";
import { label } from "../words";
import styles from "../Settings.module.css";

/** A hand that is still moving is not asked yet. */
const SETTLED = 500;

export function RangeControl({ setting, disabled, saving, hint }: ControlProps) {
  const stored = typeof setting.value === "number" ? setting.value : 0;
  const [moved, move] = useState<number>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const slide = (value: number) => {
    move(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void saving.run(value).then(() => move(undefined)), SETTLED);
  };
  return (
    <Field label={label(setting)} hint={hint} error={saving.fate.problem}>
      {(wires) => (
        <span className={styles.range}>
          <input
            type="range"
            {...wires}
            min={setting.minValue ?? 0}
            max={setting.maxValue ?? 100}
            value={moved ?? stored}
            disabled={disabled}
            onChange={(event) => slide(event.target.valueAsNumber)}
          />
          <output>{moved ?? stored}</output>
        </span>
      )}
    </Field>
  );
}

export function SpanControl({ setting, disabled, saving, hint }: ControlProps) {
  const { t } = useTranslation();
  const perTick = tick(setting);
  const stored = spanOf(Math.round((typeof setting.value === "number" ? setting.value : 0) * perTick));
  const [typed, type] = useState<{ amount: string; unit: Unit }>();
  const { amount, unit } = typed ?? { amount: String(stored.amount), unit: stored.unit };
  const discard = () => {
    type(undefined);
    saving.forget();
  };
  const commit = async () => {
    const result = read({ ...setting, minValue: undefined, maxValue: undefined }, amount);
    if ("problem" in result || typeof result.value !== "number") return saving.refuse(t("admin.settings.problem.whole-number"));
    if (await saving.run(Math.round((result.value * units[unit]) / perTick))) type(undefined);
  };
  const choices = (Object.keys(units) as Unit[]).map((value) => ({ value, label: t(`admin.settings.unit.${value}`) }));
  return (
    <>
      <div className={styles.span}>
        <TextField
          label={label(setting)}
          hint={hint}
          error={saving.fate.problem}
          value={amount}
          disabled={disabled}
          inputMode="numeric"
          className={styles.number}
          onChange={(event) => type({ amount: event.target.value, unit })}
          onKeyDown={(event) => event.key === "Enter" && void commit()}
        />
        <Select label={t("admin.settings.unit.label")} hideLabel options={choices} value={unit} disabled={disabled} onValueChange={(next) => type({ amount, unit: next })} />
      </div>
      {typed && <SaveButtons draft={{ commit: () => void commit(), discard }} saving={saving} />}
    </>
  );
}

const HEX = /^#[\da-f]{6}$/i;

export function ColorControl({ setting, disabled, saving, hint }: ControlProps) {
  const { t } = useTranslation();
  const draft = useDraft(setting, {
    ...saving,
    run: (value) => saving.run(value, typeof value === "string" && HEX.test(value) ? "color" : "expression"),
  });
  return (
    <>
      <TextField
        label={label(setting)}
        hint={hint}
        error={saving.fate.problem}
        value={draft.text}
        disabled={disabled}
        spellCheck={false}
        className={styles.narrow}
        prefix={
          <input
            type="color"
            className={styles.swatch}
            aria-label={t("admin.settings.pickColor", { name: label(setting) })}
            value={HEX.test(draft.text) ? draft.text : "#000000"}
            disabled={disabled}
            onChange={(event) => draft.write(event.target.value)}
          />
        }
        onChange={(event) => draft.write(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && draft.commit()}
      />
      {draft.dirty && <SaveButtons draft={draft} saving={saving} />}
    </>
  );
}
