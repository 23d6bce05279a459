// Writes the types of the REST calls from the server's own OpenAPI document, which `make test` keeps in step with the
// server: a change there that breaks a call here fails the build.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

// What the document names by title alone is described in src/lib/protocol.
const known = new Set(["User", "Room", "Subscription", "Message", "Role", "Permission", "Setting"]);

const root = new URL("..", import.meta.url);
const document = JSON.parse(await readFile(new URL("openapi.json", root), "utf8"));
const used = new Set();
const nodes = await openapiTS(document, {
  transform(schema) {
    const name = schema.title;
    if (!known.has(name) || schema.properties) return undefined;
    used.add(name);
    return ts.factory.createTypeReferenceNode(name);
  },
});
const imports = used.size ? `import type { ${[...used].toSorted().join(", ")} } from "../protocol/documents";\n` : "";
await mkdir(new URL("src/lib/api/", root), { recursive: true });
await writeFile(new URL("src/lib/api/schema.d.ts", root), `// Made by scripts/types.mjs.\n${imports}\n${astToString(nodes)}`);
