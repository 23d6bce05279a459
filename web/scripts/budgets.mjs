// How much the browser loads before somebody can log in, and before a room is usable, compressed as it is sent; fails when it
// is more than it may be. Run after `npm run build`.
import { readFile, stat } from "node:fs/promises";

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(await readFile(new URL(".vite/manifest.json", dist), "utf8"));
const KIB = 1024;

/** What each page needs: the entry alone, or with the parts that are loaded for it. */
const pages = [
  { name: "log in", parts: [], most: 200 },
  { name: "a usable room", parts: [named("workspace")], most: 300 },
];

/** The chunk that vite.config.ts calls so. */
function named(name) {
  return Object.keys(manifest).find((key) => manifest[key].name === name);
}

/** The files of a part and of everything it cannot do without. */
function filesOf(key, seen = new Set()) {
  if (seen.has(key)) return [];
  seen.add(key);
  const { file, css = [], imports = [] } = manifest[key];
  return [file, ...css, ...imports.flatMap((one) => filesOf(one, seen))];
}

async function size(file) {
  for (const name of [`${file}.br`, file]) {
    const found = await stat(new URL(name, dist)).catch(() => undefined);
    if (found) return found.size;
  }
  throw new Error(`${file} is not built`);
}

for (const { name, parts, most } of pages) {
  const files = new Set(["index.html", ...parts].flatMap((key) => filesOf(key)));
  const bytes = await Promise.all([...files].map(size));
  const total = bytes.reduce((sum, one) => sum + one, 0) / KIB;
  console.log(`${name}: ${total.toFixed(1)} KiB in ${files.size} files (at most ${most})`);
  if (total > most) process.exitCode = 1;
}
