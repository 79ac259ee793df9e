import { run } from "./scenario.mjs";

globalThis.start = async (key) => {
  globalThis.lines = (await run("", key)).join("\n");
};
