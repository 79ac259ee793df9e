import { type CallOptions, calling, type Connection, type File } from "./connection.js";
import { conditions, withId } from "./parameters.js";
import type { PlainWhere, Rows } from "./rows.js";
import type { Entity, FieldName, Sort } from "./types.js";

/** Files take their time: milliseconds. */
const TIMEOUT = 600_000;

/** How a file of rows is read. */
export interface Import<E extends Entity> {
  /** Rows are found by a unique key and changed; without it every line is a new row. */
  readonly by?: E["keys"];
  /** What becomes of a row that is there: `update` where nothing is said. */
  readonly onConflict?: "update" | "replace" | "ignore";
  /** Names of columns, and those of the fields that they are: `{"Artikelnummer": "sku"}`. */
  readonly map?: Readonly<Record<string, string>>;
  /** Columns that are left out. */
  readonly ignore?: readonly string[];
  readonly delimiter?: "," | ";" | "\t";
  /** All lines, or none. */
  readonly atomic?: boolean;
  /** Tells what would be done, and does nothing. */
  readonly dryRun?: boolean;
  /** What the file is called. */
  readonly file?: string;
}

/** What became of a file. */
export interface Imported {
  /** Undoes it: `imports(connection).undo(id)`. */
  readonly id?: string;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  /** The first hundred refused lines. */
  readonly errors: readonly { readonly line: number; readonly column: string | null; readonly problem: unknown }[];
}

/** Imports a file of rows, also one that comes piece by piece. */
export async function imported<E extends Entity>(
  rows: Rows<E>,
  file: File,
  how: Import<E> & CallOptions = {},
): Promise<Imported> {
  const parameters = new URLSearchParams();
  for (const name of ["by", "onConflict", "delimiter", "atomic", "dryRun", "file"] as const) {
    if (how[name] !== undefined) {
      parameters.set(name, String(how[name]));
    }
  }
  const map = Object.entries(how.map ?? {}).map(([column, field]) => `${column}=${field}`);
  for (const [name, names] of [["map", map], ["ignore", how.ignore ?? []]] as const) {
    if (names.length > 0) {
      parameters.set(name, names.join(","));
    }
  }
  const asked = { ...call(how), method: "POST", path: `${rows.path}/import`, parameters, file, once: true } as const;
  return (await rows.connection.send(asked)) as Imported;
}

/** Which rows are exported, and what of them. */
export interface Export<E extends Entity> {
  readonly where?: PlainWhere<E>;
  readonly sort?: Sort<E>;
  readonly fields?: readonly FieldName<E>[];
}

/** Every row that fits, as they come: read within one state, however many there are. */
export async function* exported<E extends Entity>(
  rows: Rows<E>,
  what: Export<E> & CallOptions = {},
): AsyncGenerator<E["row"], void, undefined> {
  const parameters = new URLSearchParams();
  const { sort, fields } = what;
  for (const [name, names] of [["sort", sort ?? []], ["fields", withId(fields) ?? []]] as const) {
    if (names.length > 0) {
      parameters.set(name, names.join(","));
    }
  }
  conditions(what.where, parameters);
  const accept = "application/x-ndjson";
  const asked = { ...call(what), method: "GET", path: `${rows.path}/export`, parameters, accept } as const;
  const response = await rows.connection.open(asked);
  for await (const line of lines(response)) {
    yield JSON.parse(line) as E["row"];
  }
}

async function* lines(response: Response): AsyncGenerator<string, void, undefined> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (let piece = await reader?.read(); piece?.done === false; piece = await reader?.read()) {
      const all = (rest + piece.value).split("\n");
      rest = all.pop() ?? "";
      yield* all.filter((line) => line !== "");
    }
    if (rest !== "") {
      yield rest;
    }
  } finally {
    await reader?.cancel();
  }
}

/** The latest imports, and how they are undone. */
export function imports(connection: Connection) {
  return {
    list: async (options: CallOptions = {}): Promise<readonly Readonly<Record<string, unknown>>[]> => {
      const answer = await connection.send({ ...options, method: "GET", path: "/api/imports" });
      return (answer as { readonly data: readonly Readonly<Record<string, unknown>>[] }).data;
    },

    /** Takes back what an import did, all of it. */
    undo: async (id: string, options: CallOptions = {}): Promise<unknown> => {
      const path = `/api/imports/${encodeURIComponent(id)}`;
      return connection.send({ ...options, method: "DELETE", path, once: true });
    },
  };
}

function call(options: CallOptions): CallOptions {
  const { idempotencyKey: _, ...rest } = calling(options);
  return { timeout: TIMEOUT, ...rest };
}
