// Runs the audit suite of graphql-http against an address, and prints a line for each audit.
import { auditServer } from 'graphql-http';

const [url] = process.argv.slice(2);
const results = await auditServer({ url, fetchFn: fetch });
for (const result of results) {
  console.log(`${result.status} ${result.id} ${result.name}${result.status === 'ok' ? '' : ': ' + result.reason}`);
}
