import type { CallOptions, Connection } from "./connection.js";
import { type Problem, ProblemError } from "./problems.js";

/** One error of a GraphQL answer; `extensions` is the problem. */
export interface GraphQLError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Problem;
}

/** Thrown where a GraphQL answer has errors; `data` is what there was nevertheless. */
export class GraphQLFailure extends Error {
  override readonly name: string = "GraphQLFailure";
  readonly errors: readonly GraphQLError[];
  readonly data: unknown;

  constructor(errors: readonly GraphQLError[], data: unknown) {
    super(errors.map((error) => error.message).join(" "));
    this.errors = errors;
    this.data = data;
  }
}

/**
 * Asks by a GraphQL document. The caller says what comes back; `graphql-schema.ts` has the types of all
 * objects and inputs to say it with.
 */
export async function graphql<Data, Variables extends object = Record<string, never>>(
  connection: Connection,
  document: string,
  variables?: Variables,
  options?: CallOptions,
): Promise<Data> {
  const body = variables === undefined ? { query: document } : { query: document, variables };
  const safe = !/(^|[\s}])mutation[\s({@]/.test(document);
  const answer = (await connection.send({ ...options, method: "POST", path: "/graphql", body, safe })) as {
    readonly data?: Data | null;
    readonly errors?: readonly GraphQLError[];
  };
  if (answer.errors !== undefined || answer.data === undefined || answer.data === null) {
    throw new GraphQLFailure(answer.errors ?? [], answer.data);
  }
  return answer.data;
}

/** Whether an error is one of GraphQL. Mistakes in the document itself are `ProblemError`s of the request. */
export function isGraphQLFailure(error: unknown): error is GraphQLFailure {
  return error instanceof GraphQLFailure && !(error instanceof ProblemError);
}
