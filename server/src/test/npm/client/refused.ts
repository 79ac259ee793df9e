// Calls that must not compile. Each line below the mark has one mistake.
import { client, history, imported, sublist, trash } from "corner-shop-client";

const shop = client();

export async function refused(): Promise<void> {
  // @ts-expect-error there is no such entity
  shop.ordrs;
  // @ts-expect-error a field's name
  await shop.orders.list({ where: { totl: { gte: 100 } } });
  // @ts-expect-error an operator's name
  await shop.orders.list({ where: { total: { gtee: 100 } } });
  // @ts-expect-error a value's type
  await shop.orders.list({ where: { total: { gte: "100" } } });
  // @ts-expect-error a choice
  await shop.orders.list({ where: { status: "opened" } });
  // @ts-expect-error a path through a reference
  await shop.orders.list({ where: { customer: { nam: "Ann" } } });
  // @ts-expect-error a path through a list
  await shop.orders.list({ where: { lines: { some: { quantty: 1 } } } });
  // @ts-expect-error an expansion
  await shop.orders.list({ expand: { custmer: true } });
  // @ts-expect-error a field is nothing to expand
  await shop.orders.list({ expand: { number: true } });
  // @ts-expect-error an expansion within another
  await shop.orders.list({ expand: { lines: { prodct: true } } });
  // @ts-expect-error a field of an expansion
  await shop.orders.list({ expand: { customer: { fields: ["nam"] } } });
  // @ts-expect-error a condition on an expanded list
  await shop.orders.list({ expand: { lines: { where: { quantty: 1 } } } });
  // @ts-expect-error an order
  await shop.orders.list({ sort: ["-placed"] });
  // @ts-expect-error an order through a reference
  await shop.orders.list({ sort: ["customer.nam"] });
  // @ts-expect-error a field
  await shop.orders.list({ fields: ["numbr"] });
  // @ts-expect-error an option
  await shop.orders.list({ limt: 5 });
  // @ts-expect-error what is not expanded is an id alone
  (await shop.orders.get("1")).customer.name;
  // @ts-expect-error what is not asked for is not there
  (await shop.orders.get("1", { fields: ["number"] })).total;
  // @ts-expect-error a list that is not expanded is not there
  (await shop.orders.get("1")).lines;
  // @ts-expect-error rows are only read
  (await shop.orders.get("1")).number = "2";
  // @ts-expect-error a required field is missing
  await shop.categories.create({ position: 1 });
  // @ts-expect-error a preset is nobody's to give
  await shop.reviews.create({ product: "1", signature: "A", rating: 1, title: "T", author: "1" });
  // @ts-expect-error the row it belongs to is known
  await shop.customers.create({ number: "C1", name: "A", email: "a@b.c", addresses: [{ customer: "1", street: "S", postcode: "1", city: "B", country: "DE" }] });
  // @ts-expect-error a reference is an id, not a whole row
  await shop.categories.create({ name: "A", parent: await shop.categories.get("1") });
  // @ts-expect-error written once
  await shop.products.update("1", { sku: "P00001" });
  // @ts-expect-error texts can't be added to
  await shop.products.update("1", { name: { $add: 1 } });
  // @ts-expect-error another currency
  await shop.products.update("1", { price: { amount: 1, currency: "USD" } });
  // @ts-expect-error no unique key
  await shop.products.upsert("stock", {} as never);
  // @ts-expect-error many rows need a limit
  await shop.orders.updateMany({ status: "open" }, { status: "paid" }, {});
  // @ts-expect-error conditions of many rows are plain
  await shop.orders.deleteMany({ or: [{ status: "open" }] }, { max: 1 });
  // @ts-expect-error texts have no sum
  await shop.orders.aggregate({ sum: ["number"] });
  // @ts-expect-error what is not measured is not there
  (await shop.orders.aggregate({ sum: ["total"] }))[0]?.avg.total;
  // @ts-expect-error a field of another entity
  await shop.batch((b) => [b.on(shop.lines).create({ order: "1", product: "1", quantity: 1, price: 1, number: "1" })]);
  // @ts-expect-error orders have no history
  history(shop.orders);
  // @ts-expect-error categories have no trash
  trash(shop.categories);
  // @ts-expect-error a list's name
  sublist(shop.orders, "1", "line");
  // @ts-expect-error a field of a row in a list
  await sublist(shop.orders, "1", "lines").create({ quantty: 1 });
  // @ts-expect-error no unique key
  await imported(shop.products, { content: "", type: "text/csv" }, { by: "stock" });
}
