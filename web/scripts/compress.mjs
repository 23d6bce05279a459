// Lays a compressed copy beside each file of dist, where it is smaller: the server embeds and sends them as they are.
// The page itself is left alone, since the server writes its own values into it, and so are source maps, which it does not
// embed.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
// Below this a copy saves no packet.
const smallest = 256;

function isServedAsItIs(name) {
  return !name.startsWith(".") && name !== "index.html" && !/\.(map|br|gz)$/.test(name);
}

async function keepIfSmaller(path, plain, compressed) {
  if (compressed.length < plain.length) await writeFile(path, compressed);
}

async function compress(path) {
  const plain = await readFile(path);
  if (plain.length < smallest) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  await keepIfSmaller(`${path}.br`, plain, await promisify(brotliCompress)(plain, { params }));
  await keepIfSmaller(`${path}.gz`, plain, await promisify(gzip)(plain, { level: 9 }));
}

const entries = await readdir(dist, { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile() && isServedAsItIs(entry.name));
await Promise.all(files.map((entry) => compress(join(entry.parentPath ?? entry.path, entry.name))));
