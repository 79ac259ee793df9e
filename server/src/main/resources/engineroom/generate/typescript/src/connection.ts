import { failure, ProblemError } from "./problems.js";

/** What a session is kept going with. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Where tokens are kept: in memory where nothing else is given. */
export interface TokenStore {
  read(): Tokens | undefined | Promise<Tokens | undefined>;
  /** Keeps them, or forgets those there are. */
  write(tokens: Tokens | undefined): void | Promise<void>;
}

/** How the server is asked. */
export interface ConnectionOptions {
  /** Where the server is: `https://shop.example`. In a browser the page's own origin where left out. */
  readonly url?: string | URL;
  /** `tokens` for apps; `cookie` for pages of the server's own origin, where no script sees the session. */
  readonly session?: "tokens" | "cookie";
  /** Keeps the tokens of `session: "tokens"`. */
  readonly tokens?: TokenStore;
  /** A credential that does not change, such as an API key. */
  readonly apiKey?: string;
  /** In place of the global one. */
  readonly fetch?: typeof fetch;
  /** Milliseconds that a call may take, with all that is tried again; 30,000 where it is not given. */
  readonly timeout?: number;
  /** How often a request that failed on its way, or met 503, is sent again; 3 where it is not given. */
  readonly retries?: number;
  /** Told when the session has ended and can't be refreshed. */
  readonly onSignedOut?: () => void;
}

/** How one call is made. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds. */
  readonly timeout?: number;
  /** A key of one's own, to be kept where a program may end and try again; made for each call otherwise. */
  readonly idempotencyKey?: string;
}

/** Of options, those that say how a call is made. */
export function calling(options: CallOptions): CallOptions {
  const { signal, timeout, idempotencyKey } = options;
  return {
    ...(signal === undefined ? {} : { signal }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  };
}

/** Rows as text: a file that is sent. */
export interface File {
  readonly content: string | Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
  readonly type: "text/csv" | "application/x-ndjson" | "application/json";
}

/** One request as it goes to the server. */
export interface Asked extends CallOptions {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly parameters?: URLSearchParams | undefined;
  readonly body?: unknown;
  /** Goes as it is, in place of JSON. */
  readonly file?: File;
  /** What is wanted, where that is not JSON. */
  readonly accept?: string;
  readonly ifVersion?: number | undefined;
  /** Changes nothing, though it has a body. */
  readonly safe?: boolean;
  /** Is sent once, since the server keeps no key of it. */
  readonly once?: boolean;
  /** Goes without tokens: it begins, renews or ends the session. */
  readonly bare?: boolean;
}

const TIMEOUT = 30_000;
const RETRIES = 3;
const FIRST_DELAY = 200;
const LONGEST_DELAY = 5_000;

/** Who would have to wait longer is told at once. */
const PATIENCE = 10_000;

/** Milliseconds after which every copy of the server's database that answers has what was written. */
const SETTLED = 10_000;

/** A way to the server, and the session on it. */
export interface Connection {
  /** Sends a request; the JSON of its answer comes back, undefined where there is none. */
  send(asked: Asked): Promise<unknown>;
  /** As `send`; the answer as it comes, however long it takes to come whole. */
  open(asked: Asked): Promise<Response>;
  /** Begins or ends what the session is: for `accounts`. */
  keep(tokens: Tokens | undefined): Promise<void>;
  readonly session: "tokens" | "cookie";
  /** The tokens there are. */
  tokens(): Promise<Tokens | undefined>;
}

/** Makes a connection; nothing is sent before the first call. */
export function connect(options: ConnectionOptions = {}): Connection {
  return new Wire(options);
}

class Wire implements Connection {
  readonly session: "tokens" | "cookie";
  readonly #options: ConnectionOptions;
  readonly #base: string;
  readonly #fetch: typeof fetch;
  readonly #store: TokenStore;
  #refreshing: Promise<boolean> | undefined;

  /** What the server told of the last write: a copy of its database that lacks it does not answer. */
  #written = "";

  /** Whether there are such copies. */
  #copied = false;
  readonly #begun = performance.now();

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.session = options.session ?? "tokens";
    this.#base = String(options.url ?? "").replace(/\/+$/, "");
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
    this.#store = options.tokens ?? inMemory();
  }

  async tokens(): Promise<Tokens | undefined> {
    return this.#store.read();
  }

  async keep(tokens: Tokens | undefined): Promise<void> {
    await this.#store.write(tokens);
  }

  async send(asked: Asked): Promise<unknown> {
    return this.#timed(asked, answer);
  }

  async open(asked: Asked): Promise<Response> {
    return this.#timed(asked, good);
  }

  /** Sends it within its time, and reads what comes. */
  async #timed<Read>(asked: Asked, read: (response: Response) => Promise<Read>): Promise<Read> {
    const timeout = asked.timeout ?? this.#options.timeout ?? TIMEOUT;
    const clock = new AbortController();
    const timer = setTimeout(() => clock.abort(), timeout);
    const signal = asked.signal === undefined ? clock.signal : either(asked.signal, clock.signal);
    try {
      return await read(await this.#signedIn(asked, signal));
    } catch (error) {
      if (asked.signal?.aborted === true) {
        throw asked.signal.reason;
      }
      if (clock.signal.aborted) {
        throw new ProblemError(
          { code: "client/out-of-time", status: 0, title: `No answer came within ${timeout} ms.` },
          { cause: error },
        );
      }
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sends it with the session's credential, and once more where that had to be refreshed. */
  async #signedIn(asked: Asked, signal: AbortSignal): Promise<Response> {
    const headers = this.#headers(asked);
    const carriesTokens = asked.bare !== true && this.session === "tokens" && this.#options.apiKey === undefined;
    const tokens = carriesTokens ? await this.#store.read() : undefined;
    if (tokens !== undefined) {
      headers.set("Authorization", `Bearer ${tokens.accessToken}`);
    }
    const response = await this.#persistently(asked, headers, signal);
    const gone = asked.file?.content instanceof ReadableStream;
    if (response.status !== 401 || tokens === undefined || gone || !(await this.#refreshed(tokens))) {
      return response;
    }
    await response.body?.cancel();
    const renewed = await this.#store.read();
    headers.set("Authorization", `Bearer ${renewed?.accessToken ?? ""}`);
    return this.#persistently(asked, headers, signal);
  }

  #headers(asked: Asked): Headers {
    const headers = new Headers({ Accept: asked.accept ?? "application/json" });
    if (asked.body !== undefined || asked.file !== undefined) {
      headers.set("Content-Type", asked.file?.type ?? "application/json");
    }
    if (asked.ifVersion !== undefined) {
      headers.set("If-Match", `"${asked.ifVersion}"`);
    }
    if (this.session === "cookie") {
      headers.set("X-Requested-With", "engineroom");
    }
    if (this.#written !== "" || (this.#copied && performance.now() - this.#begun > SETTLED)) {
      headers.set("Engineroom-After", this.#written === "" ? "0" : this.#written);
    }
    if (changes(asked) && asked.once !== true) {
      headers.set("Idempotency-Key", asked.idempotencyKey ?? randomKey());
    }
    if (this.#options.apiKey !== undefined && asked.bare !== true) {
      headers.set("Authorization", `Bearer ${this.#options.apiKey}`);
    }
    return headers;
  }

  /** Sends it again where it failed on its way or the server was not ready: the key makes it be done once. */
  async #persistently(asked: Asked, headers: Headers, signal: AbortSignal): Promise<Response> {
    const again = asked.once === true && changes(asked) ? 0 : (this.#options.retries ?? RETRIES);
    for (let attempt = 0; ; attempt++) {
      const response = await this.#once(asked, headers, signal, attempt >= again);
      const wait = delay(attempt, response);
      if (response !== undefined && (attempt >= again || !passing(response) || wait > PATIENCE)) {
        return response;
      }
      await response?.body?.cancel();
      await pause(wait, signal);
    }
  }

  /** The answer; undefined where none came and it is to be tried again. */
  async #once(asked: Asked, headers: Headers, signal: AbortSignal, last: boolean): Promise<Response | undefined> {
    const parameters = asked.parameters?.toString() ?? "";
    signal.throwIfAborted();
    try {
      const response = await this.#fetch(this.#base + asked.path + (parameters === "" ? "" : `?${parameters}`), {
        method: asked.method,
        headers,
        signal,
        credentials: this.session === "cookie" ? "same-origin" : "omit",
        ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
        ...(asked.file === undefined ? {} : streamed(asked.file)),
      });
      this.#note(response.headers);
      return response;
    } catch (error) {
      if (signal.aborted) {
        throw signal.reason;
      }
      if (last) {
        const title = "The server can't be reached.";
        throw new ProblemError({ code: "client/unreachable", status: 0, title }, { cause: error });
      }
      return undefined;
    }
  }

  #note(headers: Headers): void {
    const written = headers.get("Engineroom-Position") ?? "";
    this.#written = written > this.#written ? written : this.#written;
    this.#copied ||= headers.has("Engineroom-Read");
  }

  /** Whether there are other tokens than these now; many requests at a time make one refresh. */
  async #refreshed(old: Tokens): Promise<boolean> {
    if (this.#refreshing === undefined) {
      const now = await this.#store.read();
      if (now !== undefined && now.accessToken !== old.accessToken) {
        return true;
      }
    }
    this.#refreshing ??= this.#refresh(old).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #refresh(old: Tokens): Promise<boolean> {
    const { refreshToken } = old;
    try {
      const renewed = await this.send({
        method: "POST",
        path: "/auth/refresh",
        body: { refreshToken },
        bare: true,
        safe: true, // the same token gives the same successor for some seconds
      });
      const next = renewed as Tokens;
      await this.keep({ accessToken: next.accessToken, refreshToken: next.refreshToken });
      return true;
    } catch (error) {
      if (error instanceof ProblemError && (error.problem.status === 401 || error.problem.status === 403)) {
        await this.keep(undefined);
        this.#options.onSignedOut?.();
        return false;
      }
      throw error;
    }
  }
}

function changes(asked: Asked): boolean {
  return asked.method !== "GET" && asked.safe !== true;
}

/** Whether another try may meet a better time; 409 with a time to wait is a request that still runs. */
function passing(response: Response): boolean {
  return response.status === 503 || (response.status === 409 && response.headers.has("Retry-After"));
}

/** A file as a body; one that comes piece by piece says so. */
function streamed(file: File): RequestInit {
  const body = file.content;
  return body instanceof ReadableStream ? ({ body, duplex: "half" } as RequestInit) : { body };
}

async function good(response: Response): Promise<Response> {
  if (!response.ok) {
    throw await failure(response);
  }
  return response;
}

async function answer(response: Response): Promise<unknown> {
  const text = await (await good(response)).text();
  return text === "" ? undefined : (JSON.parse(text) as unknown);
}

function inMemory(): TokenStore {
  let kept: Tokens | undefined;
  return {
    read: () => kept,
    write: (tokens) => {
      kept = tokens;
    },
  };
}

/** Milliseconds: as the server says, or twice as long each time, and never the same for all clients. */
function delay(attempt: number, response: Response | undefined): number {
  const told = Number(response?.headers.get("Retry-After") ?? Number.NaN);
  const own = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** attempt);
  return Number.isNaN(told) ? own * (0.5 + Math.random() / 2) : told * 1_000 + own * Math.random();
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}

/** Aborts as soon as one of both does. */
function either(one: AbortSignal, other: AbortSignal): AbortSignal {
  if (typeof AbortSignal.any === "function") {
    return AbortSignal.any([one, other]);
  }
  const both = new AbortController();
  for (const signal of [one, other]) {
    if (signal.aborted) {
      both.abort(signal.reason);
    }
    signal.addEventListener("abort", () => both.abort(signal.reason), { once: true });
  }
  return both.signal;
}

/** 128 bits, also where `crypto.randomUUID` is not: on pages without TLS. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
