const PARTS = [["day", 86_400], ["hour", 3_600], ["minute", 60]] as const;

/** A span of time by its two largest units: "1 day, 2 hours". */
export function uptime(seconds: number | undefined, language: string): string {
  if (seconds === undefined) return "–";
  let left = Math.floor(seconds);
  const said: string[] = [];
  for (const [unit, size] of PARTS) {
    const amount = Math.floor(left / size);
    left -= amount * size;
    if (amount > 0 && said.length < 2) said.push(new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(amount));
  }
  const less = new Intl.NumberFormat(language, { style: "unit", unit: "second", unitDisplay: "long" }).format(left);
  return said.length > 0 ? new Intl.ListFormat(language, { type: "unit" }).format(said) : less;
}
