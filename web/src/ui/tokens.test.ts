import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Rgb = readonly [number, number, number];
type Rgba = readonly [number, number, number, number];

const css = readFileSync(new URL("tokens.css", `file://${import.meta.dirname}/`), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");

/** The custom properties of the first block whose head ends in `selector`. */
function block(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const body = css.slice(css.indexOf("{", start) + 1, css.indexOf("}", start));
  return new Map([...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = "", value = ""]) => [name, value.trim()]));
}

function parse(colour: string): Rgba {
  const hex = /^#(\w\w)(\w\w)(\w\w)$/.exec(colour);
  if (hex) return [Number(`0x${hex[1]}`), Number(`0x${hex[2]}`), Number(`0x${hex[3]}`), 1];
  const [r = NaN, g = NaN, b = NaN, a = 1] = [...colour.matchAll(/[\d.]+/g)].map(Number);
  return [r, g, b, a];
}

function over([r, g, b, a]: Rgba, [br, bg, bb]: Rgb): Rgb {
  return [r * a + br * (1 - a), g * a + bg * (1 - a), b * a + bb * (1 - a)];
}

function luminance(rgb: Rgb): number {
  const [r = 0, g = 0, b = 0] = rgb.map((part) => {
    const unit = part / 255;
    return unit <= 0.03928 ? unit / 12.92 : ((unit + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const base = block(":root");
const strong = block(':root[data-theme="high-contrast"]');
const asked = block(':root:not([data-theme="high-contrast"])');
const themes = [
  ["light", base, 0],
  ["dark", base, 1],
  ["high contrast, light", new Map([...base, ...strong]), 0],
  ["high contrast, dark", new Map([...base, ...strong]), 1],
  ["asked for contrast, light", new Map([...base, ...asked]), 0],
  ["asked for contrast, dark", new Map([...base, ...asked]), 1],
] as const;

const grounds = ["bg", "bg-raised", "bg-sunken"];
const tints = ["hover", "active", "selected", "code-bg"];
const texts = ["text", "text-muted", "text-faint", "accent-text", "danger-text", "warning", "success", "unread"];
const marks = ["control", "accent", "danger", "focus", "presence-online", "presence-away", "presence-busy", "presence-offline"];
const pairs = [
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-danger", "danger"],
  ["on-danger", "danger-hover"],
  ["on-inverse", "bg-inverse"],
  ["on-inverse-muted", "bg-inverse"],
  ["accent-text", "accent-soft"],
  ["text", "accent-soft"],
  ["text", "danger-soft"],
  ["danger-text", "danger-soft"],
  ["text", "warning-soft"],
  ["warning", "warning-soft"],
  ["text", "success-soft"],
  ["success", "success-soft"],
  ...["text", "text-muted", "text-faint", "accent-text", "danger-text"].map((text) => [text, "mention-bg"] as const),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => ["on-avatar", `avatar-${n}`] as const),
] as const;

describe.each(themes)("%s", (_, tokens, side) => {
  const colour = (name: string): Rgba => {
    const value = tokens.get(`--${name}`) ?? "";
    const both = /^light-dark\((#\w+|rgb\([^)]*\)), (#\w+|rgb\([^)]*\))\)$/.exec(value);
    return parse(both ? (both[side + 1] ?? "") : value);
  };
  const white: Rgb = [255, 255, 255];
  const ground = (name: string): Rgb => over(colour(name), white);
  const ratio = (front: string, back: Rgb): number => contrast(over(colour(front), back), back);

  it("writes readably on every ground, also under a row's tint", () => {
    const low = grounds.flatMap((at) =>
      ["", ...tints].flatMap((tint) => {
        const back = tint ? over(colour(tint), ground(at)) : ground(at);
        return texts.map((text) => [`${text} on ${at} ${tint}`, ratio(text, back)] as const);
      }),
    );
    expect(low.filter(([, value]) => !(value >= 4.5))).toEqual([]);
  });

  it("draws controls and focus visibly", () => {
    const low = grounds.flatMap((at) => marks.map((mark) => [`${mark} on ${at}`, ratio(mark, ground(at))] as const));
    expect(low.filter(([, value]) => !(value >= 3))).toEqual([]);
  });

  it("writes readably on what is filled", () => {
    const low = pairs.map(([front, back]) => [`${front} on ${back}`, ratio(front, ground(back))] as const);
    expect(low.filter(([, value]) => !(value >= 4.5))).toEqual([]);
  });
});
