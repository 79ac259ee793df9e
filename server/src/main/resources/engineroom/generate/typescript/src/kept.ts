import { type Asked, type CallOptions, calling } from "./connection.js";
import { showing, writing } from "./parameters.js";
import type { ChangeOptions, Rows, WriteOptions } from "./rows.js";
import type { Entity, Expansions, FieldName, Page, Question, Shown, Showing } from "./types.js";

type Keeping<E extends Entity, What extends string> = Rows<E> & (What extends E["keeps"] ? unknown : never);

/** What a row was for some time. */
export interface Past<Row> {
  readonly version: number;
  readonly from: string;
  /** Null for what it is now. */
  readonly until: string | null;
  readonly kind: "create" | "update" | "delete";
  /** The names of the fields that the version changed. */
  readonly changed: readonly (keyof Row & string)[];
  /** As it was then; null where it was deleted. */
  readonly row: Row | null;
}

/** A deleted row that can be brought back. */
export interface Deleted<E extends Entity> {
  readonly id: E["id"];
  readonly deletedAt: string;
  /** When it goes for good. */
  readonly until: string;
  readonly row: E["row"];
  /** How many rows went with it, by their plurals. */
  readonly with: Readonly<Record<string, number>>;
  /** Who deleted it: told to administrators. */
  readonly by?: string;
}

interface Several {
  readonly limit?: number;
  /** The `next` of a page. */
  readonly after?: string;
}

interface Answered {
  readonly data: unknown[];
  readonly page: { readonly next: string | null; readonly hasMore: boolean };
  readonly count?: number;
}

/** The versions of rows: `history(shop.categories).of(id)`. For entities that keep a history. */
export function history<E extends Entity>(rows: Keeping<E, "history">) {
  return {
    /** What a row was, the latest version first. */
    of: async (id: E["id"], options: Several & CallOptions = {}): Promise<Page<Past<E["row"]>>> => {
      const asked = { method: "GET", path: `${one(rows, id)}/history`, parameters: several(options) } as const;
      return page(await send(rows, options, asked));
    },

    /** Makes a row what it was, also one that was deleted. */
    restore: async <const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
      id: E["id"],
      version: number,
      options: ChangeOptions<E, F, X> = {},
    ): Promise<Shown<E, F, X>> => {
      const path = `${one(rows, id)}/history/${version}/restore`;
      const { ifVersion } = options;
      const asked = { method: "POST", path, parameters: writing(options), ifVersion } as const;
      return (await send(rows, options, asked)) as Shown<E, F, X>;
    },
  };
}

/** Deleted rows: `trash(shop.products).list()`. For entities with a trash. */
export function trash<E extends Entity>(rows: Keeping<E, "trash">) {
  const at = (id: E["id"]): string => `${rows.path}/trash/${encodeURIComponent(id)}`;
  return {
    /** Those that the caller may bring back, the latest first. */
    list: async (options: Several & CallOptions = {}): Promise<Page<Deleted<E>>> =>
      page(await send(rows, options, { method: "GET", path: `${rows.path}/trash`, parameters: several(options) })),

    /** Brings a row back, with those that went with it. */
    restore: async <const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
      id: E["id"],
      options: WriteOptions<E, F, X> = {},
    ): Promise<Shown<E, F, X>> => {
      const asked = { method: "POST", path: `${at(id)}/restore`, parameters: writing(options) } as const;
      return (await send(rows, options, asked)) as Shown<E, F, X>;
    },

    /** Removes a row for good. */
    discard: async (id: E["id"], options: CallOptions = {}): Promise<void> => {
      await send(rows, options, { method: "DELETE", path: at(id) });
    },
  };
}

/** The rows of a list of one row: `sublist(shop.orders, id, "lines")`. */
export function sublist<E extends Entity, L extends keyof E["lists"] & string>(rows: Rows<E>, id: E["id"], list: L) {
  type Of = E["lists"][L];
  const path = `${one(rows, id)}/${list}`;
  return {
    /** Its rows: 50, where no limit is given. Conditions are for `list` of their own rows. */
    page: async <const F extends FieldName<Of> = FieldName<Of>, const X extends Expansions<Of> = {}>(
      question: Omit<Question<Of, F, X>, "where"> & CallOptions = {},
    ): Promise<Page<Shown<Of, F, X>>> => {
      const parameters = several(question, showing(question as Showing<Of, F, X>));
      if (question.sort !== undefined && question.sort.length > 0) {
        parameters.set("sort", question.sort.join(","));
      }
      for (const name of ["offset", "count"] as const) {
        if (question[name] !== undefined) {
          parameters.set(name, String(question[name]));
        }
      }
      return page(await send(rows, question, { method: "GET", path, parameters }));
    },

    /** A new row in the list. */
    create: async <const F extends FieldName<Of> = FieldName<Of>, const X extends Expansions<Of> = {}>(
      row: Partial<Of["create"]>,
      options: WriteOptions<Of, F, X> = {},
    ): Promise<Shown<Of, F, X>> => {
      const asked = { method: "POST", path, body: row, parameters: writing(options) } as const;
      return (await send(rows, options, asked)) as Shown<Of, F, X>;
    },

    /** A row of elsewhere comes into the list. */
    link: async <const F extends FieldName<Of> = FieldName<Of>, const X extends Expansions<Of> = {}>(
      child: Of["id"],
      options: ChangeOptions<Of, F, X> = {},
    ): Promise<Shown<Of, F, X>> => {
      const { ifVersion } = options;
      const asked = { method: "POST", path, body: { id: child }, parameters: writing(options), ifVersion } as const;
      return (await send(rows, options, asked)) as Shown<Of, F, X>;
    },

    /** A row leaves the list: it stays where it can be without, and is deleted otherwise. */
    remove: async (child: Of["id"], options: CallOptions & { readonly ifVersion?: number } = {}): Promise<void> => {
      const { ifVersion } = options;
      await send(rows, options, { method: "DELETE", path: `${path}/${encodeURIComponent(child)}`, ifVersion });
    },
  };
}

function one<E extends Entity>(rows: Rows<E>, id: E["id"]): string {
  return `${rows.path}/${encodeURIComponent(id)}`;
}

function several(options: Several, parameters: URLSearchParams = new URLSearchParams()): URLSearchParams {
  for (const name of ["limit", "after"] as const) {
    if (options[name] !== undefined) {
      parameters.set(name, String(options[name]));
    }
  }
  return parameters;
}

function page<Row>(answer: unknown): Page<Row> {
  const { data, page: told, count } = answer as Answered;
  return { rows: data as Row[], next: told.next, hasMore: told.hasMore, ...(count === undefined ? {} : { count }) };
}

async function send<E extends Entity>(rows: Rows<E>, options: CallOptions, asked: Asked): Promise<unknown> {
  return rows.connection.send({ ...asked, ...calling(options) });
}
