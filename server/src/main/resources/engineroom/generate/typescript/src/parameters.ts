const OPTIONS: readonly string[] = ["where", "sort", "limit", "fields", "expand"];

type Options = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Options {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The id goes with every row, so that each can be told from others. */
export function withId(fields: readonly string[] | undefined): readonly string[] | undefined {
  return fields === undefined || fields.length === 0 || fields.includes("id") ? fields : ["id", ...fields];
}

/** Names behind references and lists: all that is no option, and what `expand` has. */
function deeper(options: Options): Options {
  const inner = Object.entries(options).filter(([name]) => !OPTIONS.includes(name));
  return { ...Object.fromEntries(inner), ...(isObject(options["expand"]) ? options["expand"] : {}) };
}

/** Expansions as the JSON of a question has them. */
export function expansionsOf(expand: unknown): Options | undefined {
  if (!isObject(expand)) {
    return undefined;
  }
  const told: Record<string, unknown> = {};
  for (const [name, options] of Object.entries(expand)) {
    if (isObject(options)) {
      const { where, sort, limit } = options;
      const fields = withId(options["fields"] as readonly string[] | undefined);
      const inner = expansionsOf(deeper(options));
      told[name] = { where, sort, limit, fields, expand: Object.keys(inner ?? {}).length === 0 ? undefined : inner };
    } else if (options === true) {
      told[name] = true;
    }
  }
  return told;
}

/** What of a row is to be shown, as parameters. */
export function showing(shown: { readonly fields?: readonly string[]; readonly expand?: unknown }): URLSearchParams {
  const parameters = new URLSearchParams();
  const fields = [...(withId(shown.fields) ?? [])];
  const paths: string[] = [];
  walk(shown.expand, "", paths, fields, parameters);
  if (fields.length > 0) {
    parameters.set("fields", fields.join(","));
  }
  if (paths.length > 0) {
    parameters.set("expand", paths.join(","));
  }
  return parameters;
}

/** How a write is done, and what of its row is to be shown. */
export function writing(options: {
  readonly fields?: readonly string[];
  readonly expand?: unknown;
  readonly validate?: "only";
}): URLSearchParams {
  const parameters = showing(options);
  if (options.validate !== undefined) {
    parameters.set("validate", options.validate);
  }
  return parameters;
}

function walk(expand: unknown, before: string, paths: string[], fields: string[], parameters: URLSearchParams): void {
  for (const [name, options] of Object.entries(isObject(expand) ? expand : {})) {
    if (options !== true && !isObject(options)) {
      continue;
    }
    const path = before + name;
    paths.push(path);
    if (isObject(options)) {
      listed(path, options, parameters);
      fields.push(...(withId(options["fields"] as readonly string[] | undefined) ?? []).map((field) => `${path}.${field}`));
      walk(deeper(options), `${path}.`, paths, fields, parameters);
    }
  }
}

function listed(path: string, options: Options, parameters: URLSearchParams): void {
  if (options["limit"] !== undefined) {
    parameters.set(`expand.${path}.limit`, String(options["limit"]));
  }
  if (Array.isArray(options["sort"])) {
    parameters.set(`expand.${path}.sort`, options["sort"].join(","));
  }
}

/** Plain conditions as parameters: `customer.city.eq=Berlin`, all of which hold. */
export function conditions(where: unknown, parameters: URLSearchParams, before = ""): void {
  for (const [name, value] of Object.entries(isObject(where) ? where : {})) {
    const key = before === "" ? name : `${before}.${name}`;
    if (isObject(value)) {
      conditions(value, parameters, key);
    } else if (value === null) {
      absent(before, name, parameters);
    } else if (Array.isArray(value)) {
      parameters.append(key, several(key, value));
    } else if (value !== undefined) {
      parameters.append(key, String(value));
    }
  }
}

function absent(before: string, name: string, parameters: URLSearchParams): void {
  const operator = name === "eq" || name === "ne";
  const of = operator ? before : before === "" ? name : `${before}.${name}`;
  parameters.append(`${of}.isNull`, String(name !== "ne"));
}

function several(key: string, values: readonly unknown[]): string {
  const texts = values.map(String);
  if (texts.some((text) => text.includes(","))) {
    throw new TypeError(`${key} has a value with a comma, which can't be among several here. Ask in several calls.`);
  }
  return texts.join(",");
}
