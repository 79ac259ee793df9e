import { type Asked, type CallOptions, calling, type Connection } from "./connection.js";
import { conditions, expansionsOf, showing, withId, writing } from "./parameters.js";
import { ConflictError, isProblem, type Problem } from "./problems.js";
import type {
  Entity,
  Expansions,
  FieldName,
  GroupPath,
  Page,
  Question,
  Showing,
  Shown,
  SumPath,
  ValueOf,
  ValuePath,
} from "./types.js";

/** A row with its id. */
type New<E extends Entity> = E["create"] & { readonly id?: E["id"] };

/** Conditions that all hold: for totals, and for writes of many rows. */
export type PlainWhere<E extends Entity> = {
  readonly [K in Exclude<keyof E["where"], "and" | "or" | "not">]?: K extends keyof E["lists"]
    ? PlainWhere<E["lists"][K]>
    : K extends keyof E["references"]
      ? PlainWhere<E["references"][K]> | E["references"][K]["id"] | null
      : Unnegated<E["where"][K]>;
};

type Unnegated<W> = W extends readonly unknown[] ? W : W extends object ? Omit<W, "not"> : W;

/** How one row is written. */
export interface WriteOptions<E extends Entity, F extends FieldName<E>, X> extends CallOptions, Showing<E, F, X> {
  /** `only`: all is checked, and nothing stays. */
  readonly validate?: "only";
}

/** How a row that is there is changed. */
export interface ChangeOptions<E extends Entity, F extends FieldName<E>, X> extends WriteOptions<E, F, X> {
  /** The version that the row must still have; a `ConflictError` shows the row as it is now otherwise. */
  readonly ifVersion?: number;
}

/** As of when rows are asked for. */
export interface Moment {
  /** What they were then, of entities that keep a history: `2026-11-01T00:00:00Z`. */
  readonly asOf?: string;
}

/** What became of one row of many that are written each for itself. */
export type Written<Row> =
  | { readonly status: 200 | 201; readonly row: Row }
  | { readonly status: number; readonly problem: Problem };

/** What totals are asked for. */
export interface Totals<E extends Entity, G extends string, S extends string, A extends string, L extends string, H extends string> {
  readonly where?: PlainWhere<E>;
  readonly group?: readonly G[];
  /** Counts rows; where nothing else is measured, too. */
  readonly count?: true;
  readonly distinct?: readonly ValuePath<E>[];
  readonly sum?: readonly S[];
  readonly avg?: readonly A[];
  readonly min?: readonly L[];
  readonly max?: readonly H[];
  /** Conditions on what is measured: `{"sum.total": {gt: 1000}}`. */
  readonly having?: Readonly<Record<string, Readonly<Partial<Record<"eq" | "ne" | "lt" | "lte" | "gt" | "gte", string | number>>>>>;
  /** Names of groups and measures: `["-sum.total"]`. */
  readonly sort?: readonly string[];
  readonly limit?: number;
  readonly offset?: number;
}

/** One group, and what was measured of it. */
export interface Total<E extends Entity, G extends string, S extends string, A extends string, L extends string, H extends string> {
  readonly group: { readonly [P in G]: ValueOf<E, P> };
  readonly count: number;
  readonly distinct: Readonly<Record<string, number>>;
  readonly sum: { readonly [P in S]: ValueOf<E, P> | null };
  readonly avg: { readonly [P in A]: ValueOf<E, P> | null };
  readonly min: { readonly [P in L]: ValueOf<E, P> | null };
  readonly max: { readonly [P in H]: ValueOf<E, P> | null };
}

interface Answered {
  readonly data: unknown[];
  readonly page: { readonly next: string | null; readonly hasMore: boolean };
  readonly count?: number;
}

/** The rows of one entity: what can be asked of them and done to them. */
export class Rows<E extends Entity> {
  /** What all calls go through. */
  readonly connection: Connection;
  /** Where the rows are: `/api/orders`. */
  readonly path: string;

  /** @param plural the name in paths: `orders` */
  constructor(connection: Connection, plural: string) {
    this.connection = connection;
    this.path = `/api/${plural}`;
  }

  /** The row of this id. Where there is none, or the caller may not see it, `authorize/not-found` is thrown. */
  async get<const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
    id: E["id"],
    options: Showing<E, F, X> & Moment & CallOptions = {},
  ): Promise<Shown<E, F, X>> {
    const parameters = at(options, showing(options));
    return (await this.#send(options, { method: "GET", path: this.#at(id), parameters })) as Shown<E, F, X>;
  }

  /** As `get`; undefined where there is none. */
  async find<const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
    id: E["id"],
    options: Showing<E, F, X> & Moment & CallOptions = {},
  ): Promise<Shown<E, F, X> | undefined> {
    try {
      return await this.get<F, X>(id, options);
    } catch (error) {
      if (isProblem(error, "authorize/not-found")) {
        return undefined;
      }
      throw error;
    }
  }

  /** Rows: 50, where no limit is given. */
  async list<const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
    question: Question<E, F, X> & Moment & CallOptions = {},
  ): Promise<Shown<E, F, X>[]> {
    return (await this.page<F, X>(question)).rows;
  }

  /** Rows, and where the next ones begin. */
  async page<const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
    question: Question<E, F, X> & Moment & CallOptions = {},
  ): Promise<Page<Shown<E, F, X>>> {
    const { where, sort, fields, expand, limit, offset, after, count } = question;
    const body = { where, sort, fields: withId(fields), expand: expansionsOf(expand), limit, offset, after, count };
    const asked = { method: "POST", body, safe: true } as const;
    const path = `${this.path}/query`;
    const answer = (await this.#send(question, { ...asked, path, parameters: at(question) })) as Answered;
    return {
      rows: answer.data as Shown<E, F, X>[],
      next: answer.page.next,
      hasMore: answer.page.hasMore,
      ...(answer.count === undefined ? {} : { count: answer.count }),
    };
  }

  /** Page after page, each asked for when it is wanted. */
  async *pages<const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
    question: Question<E, F, X> & Moment & CallOptions = {},
  ): AsyncGenerator<Page<Shown<E, F, X>>, void, undefined> {
    let page = await this.page<F, X>(question);
    yield page;
    while (page.hasMore && page.next !== null) {
      const { offset: _, ...rest } = question;
      page = await this.page<F, X>({ ...rest, after: page.next } as Question<E, F, X> & Moment & CallOptions);
      yield page;
    }
  }

  /** Row after row, over all pages. */
  async *each<const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
    question: Question<E, F, X> & Moment & CallOptions = {},
  ): AsyncGenerator<Shown<E, F, X>, void, undefined> {
    for await (const page of this.pages<F, X>(question)) {
      yield* page.rows;
    }
  }

  /** How many rows fit. */
  async count(where?: E["where"], options: Moment & CallOptions = {}): Promise<number> {
    const body = { where, fields: ["id"], limit: 1, count: "exact" };
    const asked = { method: "POST", body, safe: true, parameters: at(options) } as const;
    const answer = (await this.#send(options, { ...asked, path: `${this.path}/query` })) as Answered;
    return answer.count ?? 0;
  }

  /** Counts, sums and averages, by groups. */
  async aggregate<
    const G extends GroupPath<E> = never,
    const S extends SumPath<E> = never,
    const A extends SumPath<E> = never,
    const L extends ValuePath<E> = never,
    const H extends ValuePath<E> = never,
  >(totals: Totals<E, G, S, A, L, H> & Moment & CallOptions): Promise<Total<E, G, S, A, L, H>[]> {
    const parameters = at(totals);
    for (const name of ["group", "distinct", "sum", "avg", "min", "max", "sort"] as const) {
      const names = totals[name];
      if (names !== undefined && names.length > 0) {
        parameters.set(name, names.join(","));
      }
    }
    if (totals.count === true) {
      parameters.set("count", "");
    }
    for (const name of ["limit", "offset"] as const) {
      if (totals[name] !== undefined) {
        parameters.set(name, String(totals[name]));
      }
    }
    conditions(totals.having, parameters, "having");
    conditions(totals.where, parameters);
    const path = `${this.path}/aggregate`;
    const answer = (await this.#send(totals, { method: "GET", path, parameters })) as Answered;
    return answer.data as Total<E, G, S, A, L, H>[];
  }

  /** A new row, with rows of its lists where some are given. */
  async create<const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
    row: New<E>,
    options: WriteOptions<E, F, X> = {},
  ): Promise<Shown<E, F, X>> {
    const parameters = writing(options);
    return (await this.#send(options, { method: "POST", path: this.path, body: row, parameters })) as Shown<E, F, X>;
  }

  /** New rows: all, or none. Rows that are there already are left alone with `onConflict: "ignore"`. */
  async createMany<const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
    rows: readonly New<E>[],
    options: WriteOptions<E, F, X> & { readonly onConflict?: "ignore" } = {},
  ): Promise<Shown<E, F, X>[]> {
    const parameters = writing(options);
    if (options.onConflict !== undefined) {
      parameters.set("onConflict", options.onConflict);
    }
    const answer = await this.#send(options, { method: "POST", path: this.path, body: rows, parameters });
    return (answer as Answered).data as Shown<E, F, X>[];
  }

  /** New rows, each written or refused for itself. */
  async createEach<const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
    rows: readonly New<E>[],
    options: Showing<E, F, X> & CallOptions = {},
  ): Promise<Written<Shown<E, F, X>>[]> {
    const parameters = showing(options);
    parameters.set("atomic", "false");
    const answer = await this.#send(options, { method: "POST", path: this.path, body: rows, parameters });
    return (answer as Answered).data as Written<Shown<E, F, X>>[];
  }

  /** Changes what is named; the rest stays. */
  async update<const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
    id: E["id"],
    change: E["change"],
    options: ChangeOptions<E, F, X> = {},
  ): Promise<Shown<E, F, X>> {
    const { ifVersion } = options;
    const asked = { method: "PATCH", path: this.#at(id), body: change, parameters: writing(options), ifVersion } as const;
    return (await this.#send(options, asked)) as Shown<E, F, X>;
  }

  /** Changes every row that fits, and says how many; where there are more than `max`, none. */
  async updateMany(
    where: PlainWhere<E>,
    change: E["change"],
    options: CallOptions & { readonly max: number; readonly validate?: "only" },
  ): Promise<number> {
    const parameters = many(where, options);
    const answer = await this.#send(options, { method: "PATCH", path: this.path, body: change, parameters });
    return (answer as { readonly count: number }).count;
  }

  /** Creates the row of this id, or replaces it. */
  async put<const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
    id: E["id"],
    row: E["create"],
    options: ChangeOptions<E, F, X> = {},
  ): Promise<Shown<E, F, X>> {
    const { ifVersion } = options;
    const asked = { method: "PUT", path: this.#at(id), body: row, parameters: writing(options), ifVersion } as const;
    return (await this.#send(options, asked)) as Shown<E, F, X>;
  }

  /** Creates a row, or replaces the one that has the same unique key: `upsert("sku", …)`. */
  async upsert<const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
    by: E["keys"],
    row: New<E>,
    options: WriteOptions<E, F, X> = {},
  ): Promise<Shown<E, F, X>> {
    const parameters = writing(options);
    parameters.set("by", by);
    return (await this.#send(options, { method: "PUT", path: this.path, body: row, parameters })) as Shown<E, F, X>;
  }

  /** As `upsert`, of many rows: all, or none. */
  async upsertMany<const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
    by: E["keys"],
    rows: readonly New<E>[],
    options: WriteOptions<E, F, X> = {},
  ): Promise<Shown<E, F, X>[]> {
    const parameters = writing(options);
    parameters.set("by", by);
    const answer = await this.#send(options, { method: "PUT", path: this.path, body: rows, parameters });
    return (answer as Answered).data as Shown<E, F, X>[];
  }

  /** Deletes a row. */
  async delete(id: E["id"], options: CallOptions & { readonly ifVersion?: number } = {}): Promise<void> {
    await this.#send(options, { method: "DELETE", path: this.#at(id), ifVersion: options.ifVersion });
  }

  /** Deletes every row that fits, and says how many; where there are more than `max`, none. */
  async deleteMany(where: PlainWhere<E>, options: CallOptions & { readonly max: number; readonly validate?: "only" }): Promise<number> {
    const parameters = many(where, options);
    const answer = await this.#send(options, { method: "DELETE", path: this.path, parameters });
    return (answer as { readonly count: number }).count;
  }

  /** Whether an error says that a row of these has changed since; it shows the row as it is now. */
  isConflict(error: unknown): error is ConflictError<E["row"]> {
    return error instanceof ConflictError;
  }

  #at(id: E["id"]): string {
    return `${this.path}/${encodeURIComponent(id)}`;
  }

  #send(options: CallOptions, asked: Asked): Promise<unknown> {
    return this.connection.send({ ...asked, ...calling(options) });
  }
}

function at(options: Moment, parameters: URLSearchParams = new URLSearchParams()): URLSearchParams {
  if (options.asOf !== undefined) {
    parameters.set("asOf", options.asOf);
  }
  return parameters;
}

function many(where: unknown, options: { readonly max: number; readonly validate?: "only" }): URLSearchParams {
  const parameters = new URLSearchParams({ max: String(options.max) });
  if (options.validate !== undefined) {
    parameters.set("validate", options.validate);
  }
  conditions(where, parameters);
  return parameters;
}
