// Reading the server's OpenAPI document: its calls by family, and its schemas as people read them.

export interface Schema {
  $ref?: string;
  title?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  oneOf?: Schema[];
  anyOf?: Schema[];
  default?: unknown;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  additionalProperties?: boolean | Schema;
}

export interface Parameter {
  name: string;
  in: "query" | "path" | "header";
  required?: boolean;
  description?: string;
  schema?: Schema;
}

type Content = Record<string, { schema?: Schema }>;

interface RawResponse {
  $ref?: string;
  description?: string;
  content?: Content;
}

interface RawOperation {
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { content?: Content };
  responses?: Record<string, RawResponse>;
  security?: unknown[];
  deprecated?: boolean;
  "x-permissions"?: string[];
}

export interface OpenApi {
  info: { title: string; version: string };
  paths: Record<string, Record<string, RawOperation>>;
  components?: { responses?: Record<string, RawResponse> };
}

export interface Answer {
  status: string;
  description: string;
  schema: Schema | undefined;
}

/** One call. */
export interface Operation {
  /** In the address of this page: `groups.kick`, or `post:settings` where two calls share a path. */
  id: string;
  method: string;
  path: string;
  /** The path without what all calls share. */
  name: string;
  family: string;
  summary: string;
  description: string | undefined;
  parameters: Parameter[];
  body: { type: string; schema: Schema } | undefined;
  answers: Answer[];
  /** Whether it must be known who calls. */
  login: boolean;
  permissions: string[];
  deprecated: boolean;
}

const METHODS = ["get", "post", "put", "patch", "delete"];

const nameOf = (path: string) => path.replace(/^\/api\/v1\//, "").replace(/^\//, "");

function answersOf(document: OpenApi, responses: Record<string, RawResponse>): Answer[] {
  return Object.entries(responses)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([status, given]) => {
      const shared = given.$ref && document.components?.responses?.[given.$ref.slice("#/components/responses/".length)];
      const { description = "", content } = shared || given;
      return { status, description, schema: Object.values(content ?? {})[0]?.schema };
    });
}

/** All calls, by family and then by name. */
export function operationsOf(document: OpenApi): Operation[] {
  const all = Object.entries(document.paths).flatMap(([path, item]) => {
    const methods = METHODS.filter((method) => item[method]);
    return methods.flatMap((method): Operation[] => {
      const raw = item[method];
      if (!raw) return [];
      const name = nameOf(path);
      const [type, content] = Object.entries(raw.requestBody?.content ?? {})[0] ?? [];
      return [
        {
          id: methods.length > 1 ? `${method}:${name}` : name,
          method: method.toUpperCase(),
          path,
          name,
          family: raw.tags?.[0] ?? name.split(/[./]/)[0] ?? name,
          summary: raw.summary ?? "",
          description: raw.description,
          parameters: raw.parameters ?? [],
          body: type && content?.schema ? { type, schema: content.schema } : undefined,
          answers: answersOf(document, raw.responses ?? {}),
          login: (raw.security ?? []).length > 0,
          permissions: raw["x-permissions"] ?? [],
          deprecated: raw.deprecated ?? false,
        },
      ];
    });
  });
  return all.toSorted((a, b) => a.family.localeCompare(b.family) || a.name.localeCompare(b.name) || a.method.localeCompare(b.method));
}

export interface Family {
  name: string;
  operations: Operation[];
}

/** Calls that hold all words of a text, by family. */
export function families(operations: readonly Operation[], text: string): Family[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = new Map<string, Operation[]>();
  for (const one of operations) {
    const hay = `${one.method} ${one.path} ${one.summary} ${one.permissions.join(" ")}`.toLowerCase();
    if (!words.every((word) => hay.includes(word))) continue;
    found.set(one.family, [...(found.get(one.family) ?? []), one]);
  }
  return [...found].map(([name, list]) => ({ name, operations: list }));
}

/** The call that an address names; a plain name finds the first of its methods. */
export function findOperation(operations: readonly Operation[], hash: string): Operation | undefined {
  const id = decodeURIComponent(hash.replace(/^#/, ""));
  return operations.find((one) => one.id === id) ?? operations.find((one) => one.name === id);
}

/** What a value is, in few words: `string or null`, `list of User`, `"c" | "p"`. */
export function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices && !schema.type) return choices.map(typeOf).join(" | ");
  const types = [schema.type ?? (schema.properties ? "object" : "any")].flat();
  return types.map((type) => (type === "array" ? `list of ${schema.items ? typeOf(schema.items) : "any"}` : type === "object" && schema.title ? schema.title : type)).join(" or ");
}

/** A field of an object, and how deep it lies. */
export interface FieldRow {
  path: string;
  depth: number;
  type: string;
  required: boolean;
  description: string | undefined;
  limits: string;
}

/** How deep objects are unfolded. */
const DEEPEST = 4;

/** The fields of a schema, one after the other, inner ones after what holds them. */
export function fieldsOf(schema: Schema, depth = 0): FieldRow[] {
  const inner = schema.items ?? schema;
  if (!inner.properties || depth > DEEPEST) return [];
  const rows = Object.entries(inner.properties).flatMap(([name, one]) => [
    { path: name, depth, type: typeOf(one), required: inner.required?.includes(name) ?? false, description: one.description, limits: limitsOf(one) },
    ...fieldsOf(one, depth + 1),
  ]);
  return rows;
}

function between(least: number | undefined, most: number | undefined, what: string): string[] {
  if (least === undefined && most === undefined) return [];
  if (most === undefined) return [`≥ ${least}${what}`];
  return [least === undefined ? `≤ ${most}${what}` : `${least}–${most}${what}`];
}

/** Bounds of a value, as signs. */
export function limitsOf(schema: Schema): string {
  return [
    ...between(schema.minimum, schema.maximum, ""),
    ...between(schema.minLength, schema.maxLength, " characters"),
    ...between(schema.minItems, schema.maxItems, " items"),
    ...(schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`]),
  ].join(", ");
}

/** Which fields go together, where one of several sets is wanted. */
export function alternatives(schema: Schema): string[][] {
  return (schema.oneOf ?? schema.anyOf ?? []).flatMap(({ required }) => (required ? [required] : []));
}

/** A value to begin with: what must be there, or everything where nothing must. */
export function exampleOf(schema: Schema, depth = 0): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.default !== undefined) return schema.default;
  const type = [schema.type ?? (schema.properties ? "object" : undefined)].flat()[0];
  switch (type) {
    case "object":
      return exampleObject(schema, depth);
    case "array":
      return [];
    case "boolean":
      return true;
    case "integer":
    case "number":
      return schema.minimum ?? 0;
    default:
      return "";
  }
}

function exampleObject(schema: Schema, depth: number): Record<string, unknown> {
  const properties = schema.properties ?? {};
  const wanted = new Set([...(schema.required ?? []), ...(alternatives(schema)[0] ?? [])]);
  const keys = wanted.size > 0 ? Object.keys(properties).filter((key) => wanted.has(key)) : depth === 0 ? Object.keys(properties).slice(0, 3) : [];
  return Object.fromEntries(keys.map((key) => [key, exampleOf(properties[key] ?? {}, depth + 1)]));
}
