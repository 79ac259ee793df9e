import type { Accounts } from "./accounts.js";
import { type Batch, batch, type Given, type Step } from "./batch.js";
import { type CallOptions, connect, type Connection, type ConnectionOptions } from "./connection.js";
import * as entities from "./entities.js";
import { graphql } from "./graphql.js";
import type * as model from "./model.js";
import type { Rows } from "./rows.js";

/** All that the app has to offer. */
export interface Client {
  // {{members}}
  /** Who is signed in. */
  readonly auth: Accounts<model.{{user}}, model.{{user}}Create>;
  /** What all calls go through. */
  readonly connection: Connection;
  /** Sends several requests as one transaction. */
  batch<const Steps extends readonly Step<unknown>[]>(
    plan: (batch: Batch) => Steps,
    options?: CallOptions,
  ): Promise<Given<Steps>>;
  /** Asks by a GraphQL document. */
  graphql<Data, Variables extends object = Record<string, never>>(
    document: string,
    variables?: Variables,
    options?: CallOptions,
  ): Promise<Data>;
}

/**
 * Everything at once. Programs that are to be small take `connect` and the entities they need:
 * `const rows = orders(connect({ url }))`.
 */
export function client(options: ConnectionOptions = {}): Client {
  const connection = connect(options);
  return {
    // {{values}}
    auth: entities.accounts(connection),
    connection,
    batch: (plan, callOptions) => batch(connection, plan, callOptions),
    graphql: (document, variables, callOptions) => graphql(connection, document, variables, callOptions),
  };
}
