// Writes src/features/emoji/table.gen.ts: the emoji that the server knows by name, with what they look like and the words
// that find them. Run when the server's list changes; what it writes is committed, so that the build needs no data.
//
//   npm install --no-save emojibase-data@17 && node scripts/emoji.mjs
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import ts from "typescript";

const require = createRequire(import.meta.url);
const root = new URL("..", import.meta.url);
const tones = ts.transpile(await readFile(new URL("src/features/emoji/tones.ts", root), "utf8"), { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext });
const { toned } = await import(`data:text/javascript,${encodeURIComponent(tones)}`);
const data = require("emojibase-data/en/data.json");
// The first set that knows a name decides; within an emoji the names stand in this order too.
const sets = ["joypixels", "iamcal", "github", "emojibase-legacy", "emojibase", "cldr"];

/** Names of the server's list that no set has. */
const others = {
  asterisk_symbol: "002A-FE0F-20E3",
  pound_symbol: "0023-FE0F-20E3",
  couple_with_heart_person_person: "1F491",
  kiss_person_person: "1F48F",
  "piñata": "1FA85",
  tuxedo: "1F935",
};
const digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
digits.forEach((name, digit) => (others[`digit_${name}`] = `003${digit}-FE0F-20E3`));

const bare = (hex) => hex.replaceAll("-FE0F", "");
const listed = (await readFile(new URL("../crates/chat/data/emoji.txt", root), "utf8")).trim().split("\n");
const known = new Set(listed);

/** Names that the server knows, by the emoji's code points. */
const names = new Map();
const taken = new Set();
function take(hex, one) {
  if (!known.has(one) || taken.has(one)) return;
  taken.add(one);
  const key = bare(hex);
  names.set(key, [...(names.get(key) ?? []), one]);
}
for (const set of sets) {
  const codes = require(`emojibase-data/en/shortcodes/${set}.json`);
  for (const [hex, found] of Object.entries(codes)) for (const one of [found].flat()) take(hex, one);
}
for (const [one, hex] of Object.entries(others)) take(hex, one);

// Of emojibase's groups, without that of skin tones (2), people with the faces' neighbours.
const groups = { 0: "smileys", 1: "people", 3: "nature", 4: "food", 5: "travel", 6: "activities", 7: "objects", 8: "symbols", 9: "flags" };

/** Words that find an emoji and are not in its names. */
function words(emoji, own) {
  const said = new Set(own.flatMap((one) => one.split("_")));
  const all = [...emoji.label.toLowerCase().split(/[^\p{L}\p{N}]+/u), ...(emoji.tags ?? []).flatMap((tag) => tag.toLowerCase().split(" "))];
  return [...new Set(all)].filter((word) => word.length > 1 && !said.has(word)).join(" ");
}

/** Whether the tones are where `toned` puts them. */
function takesTones(emoji) {
  const plain = emoji.skins?.find((skin) => skin.tone === 3);
  if (!plain) return false;
  const made = toned(emoji.emoji, [3]);
  if (made === plain.emoji) return true;
  process.stderr.write(`${emoji.label}: toned otherwise, left without tones\n`);
  return false;
}

/** Systems of the last years may lack what came since this version of Unicode's emoji. */
const OLD = 13;
const recent = ({ version }) => (version > OLD ? `@${Math.floor(version)}` : "");

const lines = [];
for (const [group, title] of Object.entries(groups)) {
  lines.push(`#${title}`);
  for (const emoji of data.filter((one) => one.group === Number(group)).toSorted((a, b) => a.order - b.order)) {
    const own = names.get(bare(emoji.hexcode));
    if (own) lines.push(`${emoji.emoji}${takesTones(emoji) ? "+" : ""}${recent(emoji)}\t${own.join(" ")}\t${words(emoji, own)}`);
  }
}
// Letters and tones have names too, and stand in no group that is offered.
lines.push("#hidden");
for (const emoji of data.filter((one) => groups[one.group] === undefined)) {
  const own = names.get(bare(emoji.hexcode));
  if (own) lines.push(`${emoji.emoji}\t${own.join(" ")}\t`);
}
const without = listed.filter((one) => !taken.has(one));
if (without.length > 0) process.stderr.write(`no emoji for ${without.join(", ")}\n`);
const note = "Made by scripts/emoji.mjs from the server's names and emojibase (MIT, see table.LICENSE): character, + where it takes skin tones, @ and the version that brought it; names; words.";
await writeFile(new URL("src/features/emoji/table.gen.ts", root), `// ${note}\nexport const table = \`\n${lines.join("\n")}\n\`;\n`);
