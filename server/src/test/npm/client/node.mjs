import { run } from "./scenario.mjs";

for (const line of await run(process.argv[2], process.argv[3])) {
  console.log(line);
}
