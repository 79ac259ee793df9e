import { Accounts } from "./accounts.js";
import type { Connection } from "./connection.js";
import type {
  {{user}},
  {{user}}Create,
  // {{imported}}
} from "./model.js";
import { Rows } from "./rows.js";

/** Who is signed in. */
export const accounts = (connection: Connection): Accounts<{{user}}, {{user}}Create> => new Accounts(connection);

