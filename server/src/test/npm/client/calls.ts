// Calls that compile, with the types of what they answer. `same` takes two types that are one.
import { accounts, batch, client, connect, exported, history, imported, isProblem, orders, sublist, trash, type Deleted, type Money, type Order, type Product, type ProductEntity } from "corner-shop-client";
import type { OrderWhere } from "corner-shop-client/graphql-schema";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(..._: Same<A, B> extends true ? [] : [never]): void {}

const shop = client({ url: "https://shop.example" });

export async function reading(): Promise<void> {
  const found = await shop.orders.list({
    where: { total: { gte: 100 }, or: [{ status: "open" }, { lines: { some: { quantity: { gt: 3 } } } }] },
    expand: { customer: true, lines: { product: true, limit: 3, sort: ["-quantity"] }, coupon: { fields: ["code"] } },
    sort: ["-placedAt", "customer.name", "total.amount"],
    limit: 20,
  });
  for (const order of found) {
    same<typeof order.total, Money<"EUR">>();
    same<typeof order.status, "open" | "paid" | "sent" | "done" | "cancelled">();
    same<typeof order.customer.name, string | undefined>(); // not everybody sees every customer
    if (order.customer.version !== undefined) {
      same<typeof order.customer.name, string>();
    }
    same<typeof order.coupon, { readonly id: string; readonly code: string } | { readonly id: string; readonly code?: undefined } | null>();
    for (const line of order.lines) {
      same<typeof line.quantity, number>();
      same<typeof line.product.name, string | undefined>();
      same<typeof line.order, { readonly id: string }>;
    }
  }
  const narrow = await shop.orders.list({ fields: ["number", "customer"] });
  same<(typeof narrow)[number]["number"], string>();
  same<keyof (typeof narrow)[number], "id" | "number" | "customer">();
  const plain = await shop.orders.get("1");
  same<typeof plain.customer, { readonly id: string }>;
  const product: Product = await shop.products.get("1");
  same<typeof product.cost, Money<"EUR"> | null | undefined>();
  const tree = await shop.categories.get("1", { expand: { parent: { parent: true }, products: { fields: ["name"] } } });
  same<typeof tree.parent, (NonNullable<typeof tree.parent>) | null>();
  const above: string | undefined = tree.parent?.parent?.name;
  const names: string[] = tree.products.map((one) => one.name);
  const none: Order | undefined = await shop.orders.find("1", { signal: AbortSignal.timeout(1), timeout: 5 });
  for await (const page of shop.products.pages({ where: { search: "tea" }, count: "exact", limit: 100 })) {
    same<typeof page.rows, Product[]>;
  }
  for await (const one of shop.reviews.each({ where: { product: { name: { startsWith: "A" } }, rating: [] as never } })) {
    void one.title;
  }
  const count: number = await shop.products.count({ price: { between: [1, 9] }, category: "1", keywords: { contains: "new" } });
  const totals = await shop.orders.aggregate({
    where: { status: { in: ["open", "paid"] }, lines: { product: { name: "x" } } },
    group: ["customer.language", "month(placedAt)", "status"],
    count: true,
    sum: ["total"],
    max: ["placedAt"],
    having: { "sum.total": { gt: 1000 } },
    sort: ["-sum.total"],
  });
  same<(typeof totals)[number]["group"]["status"], "open" | "paid" | "sent" | "done" | "cancelled">();
  same<(typeof totals)[number]["sum"]["total"], number | null>();
  same<(typeof totals)[number]["max"]["placedAt"], string | null>();
  void [above, names, none, count];
}

export async function writing(): Promise<void> {
  const made = await shop.orders.create(
    {
      number: "2026-00001",
      customer: "1",
      shipping: 500,
      total: { amount: 2500, currency: "EUR" },
      lines: [{ product: { id: "1" }, quantity: 2, price: 1000 }],
    },
    { expand: { lines: true }, fields: ["number"] },
  );
  same<(typeof made)["lines"][number]["quantity"], number>();
  await shop.products.update("1", { stock: { $add: -2 }, keywords: { $append: ["new"] } }, { ifVersion: 3 });
  await shop.orders.update("1", { lines: { create: [{ product: "1", quantity: 1, price: 1 }], delete: ["2"], update: [{ id: "3", quantity: 2 }] } });
  await shop.suppliers.upsert("name", { name: "A", email: "a@example.org", country: "DE", since: "2026-01-01" });
  await shop.orders.updateMany({ status: "open", placedAt: { lt: "2026-01-01T00:00:00Z" } }, { status: "cancelled" }, { max: 100 });
  await shop.orders.deleteMany({ status: "cancelled" }, { max: 5 });
  for (const one of await shop.categories.createEach([{ name: "A" }, { name: "B" }])) {
    const told: string = "row" in one ? one.row.name : one.problem.title;
    void told;
  }
  const [order, line] = await shop.batch((b) => {
    const first = b.on(shop.orders).create({ number: "2026-00002", customer: "1", shipping: 0, total: 1 });
    return [first, b.on(shop.lines).create({ order: first.ref("id"), product: "1", quantity: 1, price: 1 })];
  });
  same<typeof order.number, string>();
  same<typeof line.quantity, number>();
}

export async function keeping(): Promise<void> {
  for (const past of (await history(shop.categories).of("1", { limit: 5 })).rows) {
    same<typeof past.changed, readonly ("id" | "version" | "createdAt" | "updatedAt" | "name" | "slug" | "parent" | "position")[]>;
    void past.row?.name;
  }
  const then = await shop.categories.get("1", { asOf: "2026-11-01T00:00:00Z", fields: ["name"] });
  same<typeof then.name, string>();
  const restored = await history(shop.categories).restore("1", 2, { fields: ["name"], ifVersion: 3 });
  same<keyof typeof restored, "id" | "name">();
  const [deleted] = (await trash(shop.products).list()).rows;
  same<typeof deleted, Deleted<ProductEntity> | undefined>();
  const line = await sublist(shop.orders, "1", "lines").create({ product: "1", quantity: 1, price: 1 }, { expand: { product: true } });
  same<typeof line.product.name, string | undefined>();
  await imported(shop.products, { content: "sku\n", type: "text/csv" }, { by: "sku", map: { Nummer: "sku" } });
  for await (const product of exported(shop.products, { where: { stock: { lt: 5 } }, sort: ["-stock"] })) {
    same<typeof product, Product>();
  }
}

export async function failing(): Promise<void> {
  try {
    await shop.products.delete("1", { ifVersion: 1 });
  } catch (error) {
    if (shop.products.isConflict(error)) {
      same<typeof error.current.name, string>();
    } else if (isProblem(error, "operation/not-valid")) {
      const paths: string[] = error.problem.errors.map((one) => one.path);
      void paths;
    } else if (isProblem(error)) {
      switch (error.problem.code) {
        case "outcome/conflict":
          void error.problem.current;
          break;
        case "authorize/not-found":
          same<typeof error.problem.status, 404>();
          break;
        default:
          void error.byPath["name"];
      }
    }
  }
}

export async function others(): Promise<void> {
  const signed = await shop.auth.signIn({ login: "ann@example.org", password: "…" });
  if ("user" in signed) {
    same<typeof signed.user.emailVerified, boolean>();
  } else {
    await shop.auth.verify({ mfaToken: signed.mfaToken, code: "123456" });
  }
  await shop.auth.signUp({ email: "bob@example.org", password: "…", name: "Bob" });
  const where: OrderWhere = { number: { eq: "1" } };
  const { orders: asked } = await shop.graphql<{ orders: { number: string }[] }, { where: OrderWhere }>(
    "query ($where: OrderWhere) { orders(where: $where) { number } }",
    { where },
  );
  void asked[0]?.number;
  const connection = connect({ session: "cookie" });
  await orders(connection).count();
  await batch(connection, (b) => [b.on(orders(connection)).delete("1")]);
  void accounts;
}
