// Relay's compiler on the schema that a served shop shows, and its runtime with what the compiler made.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { endpoint, headers } from "./parts.mjs";

const schema = await fetch(`${endpoint}/schema`, { headers });
writeFileSync("relay/schema.graphql", await schema.text());
mkdirSync("relay/__generated__", { recursive: true });
writeFileSync("relay/__generated__/package.json", '{ "type": "commonjs" }'); // as the compiler writes modules
execFileSync("node_modules/.bin/relay-compiler", ["relay.config.json"], { stdio: ["ignore", "pipe", "inherit"] });
await import("./relay/scenario.mjs");
