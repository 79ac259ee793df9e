/** One mistake in what was sent. */
export interface Violation {
  /** Where: `lines[1].quantity`. */
  readonly path: string;
  /** Stable: `min`, `required`, `type/date`. */
  readonly code: string;
  readonly message: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

interface Told<Code extends string, Status extends number> {
  readonly code: Code;
  readonly status: Status;
  readonly title: string;
  readonly hint?: string;
  /** Finds the request in the server's log. */
  readonly requestId?: string;
  /** The request of a batch that failed: `requests[1]`. */
  readonly at?: string;
  readonly errors?: readonly Violation[];
}

interface ToldInParts<Code extends string, Status extends number> extends Told<Code, Status> {
  readonly errors: readonly Violation[];
}

/** What can go wrong that a program can act on; `code` tells which it is. */
export type Problem =
  | Told<"request/unreadable" | "request/bad-parameter", 400>
  | Told<"operation/unknown-field" | "operation/bad-expression" | "operation/no-history", 400>
  | Told<`operation/over-limit/${string}`, 400>
  | Told<`request/over-limit/${string}`, 400 | 408 | 413 | 414 | 431 | 503>
  | Told<"authorize/sign-in-needed" | "authorize/bad-credentials", 401>
  | Told<"authorize/not-allowed" | "authorize/sign-in-again" | "authorize/account-locked", 403>
  | Told<"authorize/not-found" | "request/no-such-path", 404>
  | Told<"request/no-such-method", 405>
  | Told<"request/not-acceptable", 406>
  | Told<"request/still-running", 409>
  | Told<"store/not-unique", 409>
  | Told<"store/still-referred" | "store/not-restorable" | "store/changed-since", 409>
  | Told<"operation/frozen" | "operation/append-only" | "operation/numbered", 409>
  | (Told<"outcome/conflict", 412> & { readonly current: unknown })
  | Told<"request/unsupported-body", 415>
  | ToldInParts<"operation/not-valid", 422>
  | Told<"request/key-reused", 422>
  | Told<"request/too-often" | "authorize/tried-too-often", 429>
  | Told<"server/internal", 500>
  | Told<"store/unavailable" | "store/migration-needed", 503>
  | Told<"store/out-of-time", 504>
  | Told<"client/unreachable" | "client/out-of-time" | "client/not-understood", 0>;

/** The stable codes of problems. */
export type ProblemCode = Problem["code"];

/** Thrown where a request fails. `problem` is a union that `problem.code` takes apart. */
export class ProblemError extends Error {
  override readonly name: string = "ProblemError";
  readonly problem: Problem;
  /** Seconds after which the server wants to be asked again. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, options?: { readonly cause?: unknown; readonly retryAfter?: number | undefined }) {
    super(told(problem), { cause: options?.cause });
    this.problem = problem;
    this.retryAfter = options?.retryAfter;
  }

  /** The mistakes by their paths, as forms show them. */
  get byPath(): Readonly<Record<string, string>> {
    return Object.fromEntries((this.problem.errors ?? []).map((error) => [error.path, error.message]));
  }
}

function told(problem: Problem): string {
  const errors = (problem.errors ?? []).map((error) => `${error.path} ${error.message}`);
  const title = errors.length === 0 ? problem.title : `${problem.title.replace(/\.$/, "")}: ${errors.join("; ")}.`;
  return problem.hint === undefined ? title : `${title} ${problem.hint}`;
}

/** Thrown where a row has another version than expected; `current` is the row as it is now. */
export class ConflictError<Row = unknown> extends ProblemError {
  override readonly name: string = "ConflictError";
  readonly current: Row;

  constructor(problem: Extract<Problem, { readonly code: "outcome/conflict" }>) {
    super(problem);
    this.current = problem.current as Row;
  }
}

/** Whether an error is a problem, and where codes are named, one of those. */
export function isProblem<Code extends ProblemCode = ProblemCode>(
  error: unknown,
  ...codes: readonly Code[]
): error is ProblemError & { readonly problem: Extract<Problem, { readonly code: Code }> } {
  return (
    error instanceof ProblemError && (codes.length === 0 || (codes as readonly string[]).includes(error.problem.code))
  );
}

/** The error that an answer of a status from 400 tells. */
export async function failure(response: Response): Promise<ProblemError> {
  const after = Number(response.headers.get("Retry-After") ?? Number.NaN);
  const text = await response.text();
  try {
    const told: unknown = JSON.parse(text);
    if (typeof told === "object" && told !== null && "code" in told && "title" in told) {
      const problem = told as Problem;
      return problem.code === "outcome/conflict"
        ? new ConflictError(problem)
        : new ProblemError(problem, { retryAfter: Number.isNaN(after) ? undefined : after });
    }
  } catch {
    // something between us and the server answered: told below
  }
  return response.status === 503
    ? new ProblemError(
        { code: "store/unavailable", status: 503, title: "The server is not ready." },
        { retryAfter: Number.isNaN(after) ? undefined : after },
      )
    : new ProblemError({
        code: "client/not-understood",
        status: 0,
        title: `The answer of status ${response.status} is not the server's.`,
      });
}
