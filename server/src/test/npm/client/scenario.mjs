// What a program does with the client, against a served shop without rows: in Node and in a browser.
import {
  client, connect, exported, history, imported, imports, isProblem, orders, sublist, trash,
} from "corner-shop-client";

const PASSWORD = "quiet river under a bridge";

/** Runs all of it, and tells a line of each part. */
export async function run(url, key) {
  const lines = [];
  for (const [name, part] of Object.entries(parts)) {
    try {
      await part({ url, key, admin: client({ url, apiKey: key }) });
      lines.push(`ok ${name}`);
    } catch (error) {
      lines.push(`failed ${name}: ${error?.stack ?? error}`);
    }
  }
  return lines;
}

function equal(found, wanted) {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) {
    throw new Error(`is ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
  }
}

async function thrown(work) {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** `fetch`, and what went through it; `meet` may answer or fail in its place. */
function watched(meet = () => undefined) {
  const sent = [];
  const through = async (input, init) => {
    sent.push({ url: String(input), key: init.headers.get("Idempotency-Key"), init });
    return (await meet(sent.length, input, init)) ?? fetch(input, init);
  };
  return { sent, fetch: through };
}

/** Names that no earlier run took. */
const mark = Math.random().toString(36).slice(2, 8);
let count = Math.floor(Math.random() * 90_000);
const number = () => String(++count).padStart(5, "0");

async function product(admin, more = {}) {
  const category = await admin.categories.upsert("name", { name: "Tea" });
  const supplier = await admin.suppliers.upsert("name", {
    name: "Leaves", email: "a@example.org", country: "IN", since: "2020-01-01",
  });
  const sku = `P${number()}`;
  const details = { sku, name: `Tea ${sku}`, price: 500, status: "active", category: { id: category.id }, supplier: supplier.id };
  return admin.products.create({ ...details, stock: 10, keywords: ["new"], availableFrom: "2026-01-01", ...more });
}

async function customer(admin) {
  const name = `C${number()}`;
  return admin.customers.create({ number: name, name: "Ann", email: `${name}@example.org` });
}

async function order(admin, lines = []) {
  const { id } = await customer(admin);
  const own = { number: `2026-${number()}`, customer: id, shipping: 100, total: 2_100, lines };
  return admin.orders.create(own, { expand: { lines: true, customer: { fields: ["name"] } } });
}

const parts = {
  async "creates rows with rows of their lists, and shows what is expanded"({ admin }) {
    const tea = await product(admin);
    const made = await order(admin, [{ product: tea.id, quantity: 4, price: 500 }]);
    equal([made.version, made.customer.name, made.lines.map((line) => line.quantity)], [1, "Ann", [4]]);
    const [found] = await admin.orders.list({
      where: { number: made.number, lines: { some: { product: { sku: tea.sku } } } },
      fields: ["number"],
      expand: { lines: { product: { fields: ["name"] }, limit: 1, sort: ["-quantity"] }, customer: true },
    });
    equal(Object.keys(found).sort(), ["customer", "id", "lines", "number"]);
    equal([found.lines[0].product.name, found.lines[0].product.price, found.customer.language], [tea.name, undefined, "en"]);
    const got = await admin.orders.get(made.id, {
      fields: ["total"],
      expand: { lines: { fields: ["quantity"], limit: 1, sort: ["-quantity"], product: { category: true } } },
    });
    equal([got.total.amount, got.lines[0].quantity, got.lines[0].product.category.name], [2_100, 4, "Tea"]);
    equal(await admin.orders.find("01942599-6f05-7852-8507-e3aa4b298882"), undefined);
  },

  async "walks over pages and rows, and counts"({ admin }) {
    await admin.categories.createMany(["w1", "w2", "w3", "w4", "w5"].map((name) => ({ name, position: 77 })));
    const question = { where: { position: 77 }, sort: ["-name"], limit: 2 };
    const names = [];
    for await (const row of admin.categories.each(question)) {
      names.push(row.name);
    }
    equal(names, ["w5", "w4", "w3", "w2", "w1"]);
    const sizes = [];
    for await (const page of admin.categories.pages({ ...question, count: "exact" })) {
      sizes.push([page.rows.length, page.count]);
    }
    equal(sizes, [[2, 5], [2, 5], [1, 5]]);
    equal(await admin.categories.count({ position: 77, not: { name: "w1" } }), 4);
    equal(await admin.categories.deleteMany({ position: 77, name: { startsWith: "w" } }, { max: 5 }), 5);
  },

  async "measures groups"({ admin }) {
    for (const weight of ["1.250", 1.25]) {
      await product(admin, { name: `Measured ${mark} ${number()}`, stock: 7, weight });
    }
    const totals = await admin.products.aggregate({
      where: { name: { startsWith: `Measured ${mark}` }, category: { name: "Tea" } },
      group: ["category.name", "status"], count: true, sum: ["stock", "weight"], avg: ["price"], sort: ["-sum.stock"],
      having: { count: { gte: 2 } },
    });
    equal(totals, [{ group: { "category.name": "Tea", status: "active" }, count: 2,
      sum: { stock: 14, weight: "2.500" }, avg: { price: 500 } }]);
  },

  async "changes what is there, and tells what it is when it was another"({ admin }) {
    const tea = await product(admin);
    const change = { stock: { $add: -2 }, keywords: { $append: ["good"], $remove: ["new"] } };
    const changed = await admin.products.update(tea.id, change, { ifVersion: 1 });
    equal([changed.version, changed.stock, changed.keywords], [2, 8, ["good"]]);
    const error = await thrown(admin.products.update(tea.id, { stock: 1 }, { ifVersion: 1 }));
    equal([admin.products.isConflict(error), error.current.stock, error.problem.status], [true, 8, 412]);
    await admin.products.update(tea.id, { stock: 1 }, { validate: "only" });
    equal((await admin.products.get(tea.id)).stock, 8);
    equal(await admin.products.updateMany({ sku: { in: [tea.sku] } }, { stock: 3 }, { max: 1 }), 1);
    await admin.products.delete(tea.id, { ifVersion: 3 });
    equal(isProblem(await thrown(admin.products.get(tea.id)), "authorize/not-found"), true);
  },

  async "names what is not valid, and writes the rest where that is wanted"({ admin }) {
    const error = await thrown(admin.categories.create({ name: "" }));
    equal([isProblem(error, "operation/not-valid"), error.byPath.name], [true, "must not be empty"]);
    const each = await admin.categories.createEach([{ name: `each ${mark}` }, { name: "" }]);
    equal(each.map((one) => one.status), [201, 422]);
    equal((await admin.categories.createMany([{ name: `each ${mark}` }], { onConflict: "ignore" })).length, 1);
    const twice = await thrown(admin.categories.create({ name: `each ${mark}` }));
    equal([twice.problem.code, twice.problem.errors.length], ["store/not-unique", 1]);
  },

  async "sends a batch as one transaction, with references and texts that look like some"({ admin }) {
    const tea = await product(admin);
    const { id } = await customer(admin);
    const [made, line, changed] = await admin.batch((b) => {
      const first = b.on(admin.orders).create({ number: `2026-${number()}`, customer: id, shipping: 0, total: 500, remark: "$s0.id" });
      const second = b.on(admin.lines).create({ order: first.ref("id"), product: tea.id, quantity: 1, price: 500 });
      return [first, second, b.on(admin.orders).update(first.ref("id"), { status: "paid" }, { fields: ["status"] })];
    });
    equal([line.order.id, made.remark, changed], [made.id, "$s0.id", { id: made.id, status: "paid" }]);
    const before = await admin.categories.count();
    const error = await thrown(admin.batch((b) => [b.on(admin.categories).create({ name: "lost" }), b.on(admin.categories).create({ name: "" })]));
    equal([error.problem.code, error.problem.errors[0].path, await admin.categories.count()], ["operation/not-valid", "requests[1].name", before]);
  },

  async "does once what is sent again when its answer was lost"({ url, key }) {
    const lossy = watched(async (turn, input, init) => {
      if (turn === 1) {
        await fetch(input, init);
        throw new TypeError("the answer was lost");
      }
      return undefined;
    });
    const admin = client({ url, apiKey: key, fetch: lossy.fetch });
    const made = await admin.categories.create({ name: `once ${mark}` });
    equal([lossy.sent.length, lossy.sent[0].key === lossy.sent[1].key, lossy.sent[0].key.length], [2, true, 32]);
    equal((await admin.categories.list({ where: { name: `once ${mark}` } })).map((row) => row.id), [made.id]);
    equal(lossy.sent[2].key, null);
  },

  async "waits where the server is not ready, and gives up"({ url, key }) {
    const busy = (turns) => watched((turn) =>
      turn <= turns ? new Response("", { status: 503, headers: { "Retry-After": "0" } }) : undefined);
    const twice = busy(2);
    equal(typeof (await client({ url, apiKey: key, fetch: twice.fetch }).categories.count()), "number");
    equal(twice.sent.length, 3);
    const always = busy(99);
    const error = await thrown(client({ url, apiKey: key, fetch: always.fetch, retries: 1 }).categories.count());
    equal([error.problem.code, always.sent.length], ["store/unavailable", 2]);
    const long = watched(() => new Response("", { status: 503, headers: { "Retry-After": "30" } }));
    const told = await thrown(client({ url, apiKey: key, fetch: long.fetch }).categories.count());
    equal([told.problem.code, told.retryAfter, long.sent.length], ["store/unavailable", 30, 1]);
    const gone = watched(() => Promise.reject(new TypeError("no way")));
    const none = await thrown(client({ url, fetch: gone.fetch, retries: 0 }).categories.count());
    equal([none.problem.code, none.cause.message], ["client/unreachable", "no way"]);
  },

  async "brings back the last position that answers told, and never an earlier one"({ url, key }) {
    const told = ["", "00000000000000b2", "00000000000000a1", ""];
    const positioned = watched(async (turn, input, init) => {
      const answer = await fetch(input, init);
      const headers = new Headers({ "Content-Type": "application/json", ...(told[turn - 1] === "" ? {} : { "Engineroom-Position": told[turn - 1] }) });
      return new Response(await answer.text(), { status: answer.status, headers });
    });
    const admin = client({ url, apiKey: key, fetch: positioned.fetch });
    for (const _ of told) {
      await admin.categories.count();
    }
    const brought = positioned.sent.map((one) => one.init.headers.get("Engineroom-After"));
    equal(brought, [null, null, "00000000000000b2", "00000000000000b2"]);
  },

  async "ends when it is told to, or when its time is over"({ url }) {
    const hanging = watched((_turn, _input, init) => new Promise((_, reject) => {
      init.signal.addEventListener("abort", () => reject(init.signal.reason));
    }));
    const slow = client({ url, fetch: hanging.fetch });
    const over = await thrown(slow.categories.list({ timeout: 20 }));
    equal(isProblem(over, "client/out-of-time"), true);
    const stop = new AbortController();
    const waiting = thrown(slow.categories.list({ signal: stop.signal }));
    stop.abort(new Error("enough"));
    equal((await waiting).message, "enough");
  },

  async "signs up, in and out, and refreshes once for many requests"({ url }) {
    let kept;
    let over = 0;
    const tokens = { read: () => kept, write: (given) => { kept = given; } };
    const seen = watched();
    const app = client({ url, tokens, fetch: seen.fetch, onSignedOut: () => over++ });
    const email = `ann${Date.now()}${Math.floor(Math.random() * 1e6)}@example.org`;
    const begun = await app.auth.signUp({ email, password: PASSWORD, name: "Ann" });
    equal([begun.user.name, Object.keys(begun).sort()], ["Ann", ["expiresIn", "user"]]);
    equal((await app.auth.me()).user.id, begun.user.id);
    kept = { ...kept, accessToken: "er.broken.token" };
    await Promise.all([1, 2, 3, 4, 5].map(() => app.auth.me()));
    equal(seen.sent.filter((one) => one.url.endsWith("/auth/refresh")).length, 1);
    equal(Object.keys(kept).sort(), ["accessToken", "refreshToken"]);
    await app.auth.signOut();
    equal([kept, (await thrown(app.auth.me())).problem.code], [undefined, "authorize/sign-in-needed"]);
    const again = await app.auth.signIn({ login: email, password: PASSWORD });
    equal("user" in again && again.user.name, "Ann");
    kept = { accessToken: "er.broken.token", refreshToken: "er_rt_broken" };
    equal([(await thrown(app.auth.me())).problem.status, kept, over], [401, undefined, 1]);
  },

  async "tells what rows were, and makes them so again"({ admin }) {
    const { id } = await admin.categories.create({ name: `Was ${mark}` });
    await admin.categories.update(id, { name: `Is ${mark}` });
    const { rows } = await history(admin.categories).of(id);
    equal(rows.map((past) => [past.version, past.kind, past.changed[0]]), [[2, "update", "name"], [1, "create", undefined]]);
    const asOf = rows[1].from;
    equal((await admin.categories.get(id, { asOf })).name, `Was ${mark}`);
    equal(await admin.categories.count({ name: `Is ${mark}` }, { asOf }), 0);
    equal((await admin.categories.list({ where: { name: `Was ${mark}` }, asOf })).length, 1);
    equal((await admin.categories.list({ where: { name: `Was ${mark}` } })).length, 0);
    equal((await history(admin.categories).restore(id, 1, { fields: ["name"] })).name, `Was ${mark}`);
  },

  async "brings deleted rows back, or lets them go for good"({ admin }) {
    const kept = await product(admin);
    const gone = await product(admin);
    for (const { id } of [kept, gone]) {
      await admin.products.delete(id);
    }
    const { rows } = await trash(admin.products).list({ limit: 2 });
    equal(rows.map((one) => one.row.sku), [gone.sku, kept.sku]);
    equal((await trash(admin.products).restore(kept.id, { fields: ["sku"] })).sku, kept.sku);
    await trash(admin.products).discard(gone.id);
    equal((await trash(admin.products).list()).rows.some((one) => one.id === gone.id), false);
    equal([(await admin.products.get(kept.id)).stock, await admin.products.find(gone.id)], [10, undefined]);
  },

  async "writes and reads the lists of a row"({ admin }) {
    const tea = await product(admin);
    const { id } = await order(admin);
    const lines = sublist(admin.orders, id, "lines");
    const line = await lines.create({ product: tea.id, quantity: 3, price: 500 }, { expand: { product: true } });
    equal([line.order.id, line.product.name], [id, tea.name]);
    const page = await lines.page({ limit: 1, sort: ["-quantity"], count: "exact", fields: ["quantity"] });
    equal([page.rows, page.count, page.hasMore], [[{ id: line.id, quantity: 3 }], 1, false]);
    await lines.remove(line.id);
    equal((await lines.page()).rows, []);
    const parent = await admin.categories.create({ name: `Parent ${mark}` });
    const child = await admin.categories.create({ name: `Child ${mark}` });
    equal((await sublist(admin.categories, parent.id, "children").link(child.id)).parent, { id: parent.id });
  },

  async "takes files of rows in, and gives them out row by row"({ admin }) {
    const content = `name,position\nFile ${mark} 1,1\nFile ${mark} 2,x\nFile ${mark} 3,3\n`;
    const trial = await imported(admin.categories, { content, type: "text/csv" }, { dryRun: true });
    equal([trial.created, trial.refused, trial.id], [2, 1, undefined]);
    const done = await imported(admin.categories, { content: new Blob([content]), type: "text/csv" }, { by: "name" });
    equal([done.created, done.errors.map((one) => [one.line, one.column])], [2, [[3, "position"]]]);
    const where = { name: { startsWith: `File ${mark}` } };
    const rows = [];
    for await (const row of exported(admin.categories, { where, sort: ["-position"], fields: ["name"] })) {
      rows.push(row.name);
    }
    equal(rows, [`File ${mark} 3`, `File ${mark} 1`]);
    equal((await imports(admin.connection).list()).some((one) => one.id === done.id), true);
    await imports(admin.connection).undo(done.id);
    equal(await admin.categories.count(where), 0);
    const wrong = await thrown(imported(admin.categories, { content: "nmae\nx\n", type: "text/csv" }));
    equal(wrong.name, "ProblemError");
  },

  async "does a mutation once that is sent again when its answer was lost"({ url, key }) {
    const lossy = watched(async (turn, input, init) => {
      if (turn === 1) {
        await fetch(input, init);
        throw new TypeError("the answer was lost");
      }
      return undefined;
    });
    const admin = client({ url, apiKey: key, fetch: lossy.fetch });
    const document = `mutation { createCategory(input: {name: "Mutated once ${mark}"}) { name } }`;
    equal(await admin.graphql(document), { createCategory: { name: `Mutated once ${mark}` } });
    equal([lossy.sent.length, lossy.sent[0].key, lossy.sent[0].key.length], [2, lossy.sent[1].key, 32]);
  },

  async "asks by GraphQL"({ admin }) {
    await admin.categories.upsert("name", { name: "Graph" });
    const document = "query ($name: String!) { categories(where: {name: {eq: $name}}) { name } }";
    equal(await admin.graphql(document, { name: "Graph" }), { categories: [{ name: "Graph" }] });
    const made = await admin.graphql(`mutation { createCategory(input: {name: "Made ${mark}"}) { version } }`);
    equal(made, { createCategory: { version: 1 } });
    const error = await thrown(admin.graphql(`mutation { createCategory(input: {name: "Made ${mark}"}) { version } }`));
    equal([error.name, error.errors[0].extensions.code], ["GraphQLFailure", "store/not-unique"]);
  },

  async "takes one entity alone, and no more than the caller may see"({ url }) {
    const guest = connect({ url });
    equal((await thrown(orders(guest).list())).problem.status, 401);
  },

  async "keeps a session that no script sees"({ url }) {
    if (typeof document === "undefined") {
      return; // cookies are a browser's
    }
    const seen = watched();
    const app = client({ session: "cookie", fetch: seen.fetch });
    const email = `bob${Date.now()}@example.org`;
    await app.auth.signUp({ email, password: PASSWORD, name: "Bob" });
    equal([(await app.auth.me()).user.name, document.cookie], ["Bob", ""]);
    const { user } = await app.auth.me();
    equal((await app.users.update(user.id, { name: "Rob" })).name, "Rob");
    equal(seen.sent.every((one) => one.init.headers.get("Authorization") === null), true);
    await app.auth.signOut();
    equal((await thrown(app.auth.me())).problem.code, "authorize/sign-in-needed");
  },
};
