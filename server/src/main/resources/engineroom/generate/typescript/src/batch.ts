import type { CallOptions, Connection } from "./connection.js";
import { showing } from "./parameters.js";
import type { Rows } from "./rows.js";
import type { Entity, Expansions, FieldName, Showing, Shown } from "./types.js";

/** One request of a batch, and a promise of what it will give. */
export interface Step<Row> {
  /** Stands for a value of the answer in later requests: `order.ref("id")`. */
  ref<K extends keyof Row & string>(field: K): Row[K];
  /** Makes hovers tell the row; there is nothing in it. */
  readonly row?: Row;
}

interface Sent {
  readonly as: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly ifMatch?: string;
}

/** The rows that the steps give: where steps are returned as a list, in its order. */
export type Given<Steps extends readonly Step<unknown>[]> = {
  readonly [I in keyof Steps]: Steps[I] extends Step<infer Row> ? Row : never;
};

/**
 * Sends several requests as one transaction: all are done, or none. Later ones may use what earlier ones
 * gave: `const order = b.on(shop.orders).create({…}); b.on(shop.lines).create({order: order.ref("id"), …})`.
 *
 * @param plan says what is to be done, and returns the steps whose rows are wanted
 */
export async function batch<const Steps extends readonly Step<unknown>[]>(
  connection: Connection,
  plan: (batch: Batch) => Steps,
  options?: CallOptions,
): Promise<Given<Steps>> {
  const requests = new Requests();
  const steps = plan(new Batch(requests));
  const body = { requests: requests.sent };
  const answer = await connection.send({ ...options, method: "POST", path: "/api/batch", body });
  const { responses } = answer as { readonly responses: readonly { readonly as: string; readonly body?: unknown }[] };
  const bodies = new Map(responses.map((response) => [response.as, response.body]));
  return steps.map((step) => bodies.get(requests.nameOf(step))) as unknown as Given<Steps>;
}

/** Collects what is to be done. */
export class Batch {
  readonly #requests: Requests;

  /** For `batch` alone. */
  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /** The rows of an entity, within the batch. */
  on<E extends Entity>(rows: Rows<E>): BatchRows<E> {
    return new BatchRows(this.#requests, rows.path);
  }
}

/** What can be done to the rows of an entity within a batch. */
export class BatchRows<E extends Entity> {
  readonly #requests: Requests;
  readonly #path: string;

  constructor(requests: Requests, path: string) {
    this.#requests = requests;
    this.#path = path;
  }

  get<const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
    id: E["id"],
    options: Showing<E, F, X> = {},
  ): Step<Shown<E, F, X>> {
    return this.#requests.add("GET", this.#at(id), options);
  }

  create<const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
    row: E["create"] & { readonly id?: E["id"] },
    options: Showing<E, F, X> = {},
  ): Step<Shown<E, F, X>> {
    return this.#requests.add("POST", this.#path, options, { body: row });
  }

  update<const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
    id: E["id"],
    change: E["change"],
    options: Showing<E, F, X> & { readonly ifVersion?: number } = {},
  ): Step<Shown<E, F, X>> {
    return this.#requests.add("PATCH", this.#at(id), options, { body: change, ...version(options) });
  }

  upsert<const F extends FieldName<E> = FieldName<E>, const X extends Expansions<E> = {}>(
    by: E["keys"],
    row: E["create"] & { readonly id?: E["id"] },
    options: Showing<E, F, X> = {},
  ): Step<Shown<E, F, X>> {
    return this.#requests.add("PUT", `${this.#path}?by=${encodeURIComponent(by)}`, options, { body: row });
  }

  delete(id: E["id"], options: { readonly ifVersion?: number } = {}): Step<undefined> {
    return this.#requests.add("DELETE", this.#at(id), {}, version(options));
  }

  #at(id: E["id"]): string {
    return `${this.#path}/${this.#requests.refers(id) ? String(id) : encodeURIComponent(id)}`;
  }
}

function version(options: { readonly ifVersion?: number }): { readonly ifMatch?: string } {
  return options.ifVersion === undefined ? {} : { ifMatch: `"${options.ifVersion}"` };
}

/** The requests so far. Their names can't be guessed, so no text of a row is taken for a reference. */
class Requests {
  readonly sent: Sent[] = [];
  readonly #names = new Map<unknown, string>();
  readonly #references = new Set<unknown>();
  readonly #secret = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16)).join("");

  add<Row>(
    method: string,
    path: string,
    shown: { readonly fields?: readonly string[]; readonly expand?: unknown },
    more: { readonly body?: unknown; readonly ifMatch?: string } = {},
  ): Step<Row> {
    const as = `s${this.sent.length}_${this.#secret}`;
    const parameters = showing(shown).toString();
    const asked = parameters === "" ? path : `${path}${path.includes("?") ? "&" : "?"}${parameters}`;
    const body = more.body === undefined ? {} : { body: this.#escaped(more.body) };
    this.sent.push({ ...more, as, method, path: asked, ...body });
    const step: Step<Row> = {
      ref: <K extends keyof Row & string>(field: K): Row[K] => {
        const reference = `$${as}.${field}`;
        this.#references.add(reference);
        return reference as Row[K];
      },
    };
    this.#names.set(step, as);
    return step;
  }

  nameOf(step: unknown): string {
    return this.#names.get(step) ?? "";
  }

  refers(value: unknown): boolean {
    return this.#references.has(value);
  }

  /** A text that begins with a dollar sign and is no reference gets another one. */
  #escaped(value: unknown): unknown {
    if (typeof value === "string") {
      return value.startsWith("$") && !this.refers(value) ? `$${value}` : value;
    }
    if (Array.isArray(value)) {
      return value.map((element) => this.#escaped(element));
    }
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.#escaped(inner)]));
    }
    return value;
  }
}
