// urql, with its normalized cache and its persisted queries, against a served shop.
import { cacheExchange as normalized } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { persistedExchange } from "@urql/exchange-persisted";
import { cacheExchange, Client, fetchExchange, gql } from "urql";
import { categories, endpoint, equal, headers, mark, run, watched } from "./parts.mjs";

function client(options = {}) {
  const { credentials = headers, exchanges = [cacheExchange, fetchExchange], fetch: through = fetch } = options;
  return new Client({ url: endpoint, fetch: through, fetchOptions: { headers: credentials }, exchanges });
}

const CREATE = gql`mutation Create($input: CategoryCreate!) { createCategory(input: $input) { id version name } }`;
const UPDATE = gql`mutation Update($id: ID!, $input: CategoryUpdate!, $ifVersion: Int) {
  updateCategory(id: $id, input: $input, ifVersion: $ifVersion) { id version name }
}`;
const ONE = gql`query One($id: ID!) { category(id: $id) { id version name } }`;
const PAGE = gql`query Page($parent: IdWhere, $first: Int!, $after: String) {
  categoriesPage(where: {parent: {id: $parent}}, sort: [{position: ASC}], first: $first, after: $after) {
    edges { cursor node { id name } }
    pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
  }
}`;

async function created(urql) {
  const { data, error } = await urql.mutation(CREATE, { input: { name: `Urql ${mark} ${Math.random()}` } });
  equal(error, undefined);
  return data.createCategory;
}

await run({
  async "asks, and answers the same question from its cache"() {
    const seen = watched();
    const urql = client({ fetch: seen.fetch });
    const id = await categories("Urql asks", 1);
    equal((await urql.query(ONE, { id })).data.category.name, `Urql asks ${mark}`);
    await urql.query(ONE, { id });
    equal(seen.sent.map((one) => one.status), [200]);
  },

  async "changes rows, and asks again what has their type"() {
    const seen = watched();
    const urql = client({ fetch: seen.fetch });
    const { id } = await created(urql);
    await urql.query(ONE, { id });
    const name = `Changed by urql ${mark}`;
    const changed = await urql.mutation(UPDATE, { id, input: { name }, ifVersion: 1 });
    equal(changed.data.updateCategory.version, 2);
    equal((await urql.query(ONE, { id })).data.category.name, name);
    equal(seen.sent.length, 4);
  },

  async "goes through pages, and its normalized cache puts them together"() {
    const cache = normalized({
      keys: { CategoryEdge: () => null, CategoryConnection: () => null, PageInfo: () => null },
      resolvers: { Query: { categoriesPage: relayPagination() } },
    });
    const urql = client({ exchanges: [cache, fetchExchange] });
    const parent = { eq: await categories("Urql pages", 5) };
    let page = (await urql.query(PAGE, { parent, first: 2 })).data.categoriesPage;
    equal([page.edges.length, page.pageInfo.hasNextPage], [2, true]);
    while (page.pageInfo.hasNextPage) {
      page = (await urql.query(PAGE, { parent, first: 2, after: page.pageInfo.endCursor })).data.categoriesPage;
    }
    equal(page.edges.map((edge) => edge.node.name), [1, 2, 3, 4, 5].map((at) => `Urql pages ${mark} ${at}`));
  },

  async "tells problems with their codes, fields and rows"() {
    const urql = client();
    const { error: invalid } = await urql.mutation(CREATE, { input: { name: "" } });
    const told = invalid.graphQLErrors[0].extensions;
    equal([told.code, told.status, told.errors[0].path], ["operation/not-valid", 422, "name"]);
    const { id } = await created(urql);
    const { error } = await urql.mutation(UPDATE, { id, input: { name: "x" }, ifVersion: 9 });
    const conflict = error.graphQLErrors[0].extensions;
    equal([conflict.code, conflict.current.version], ["outcome/conflict", 1]);
    const partial = await urql.query(gql`query Partial { categories(limit: 1) { id } ordersPage(first: 1, after: "forged") { totalCount } }`, {});
    equal([partial.data.categories.length, partial.data.ordersPage, partial.error.graphQLErrors[0].path], [1, null, ["ordersPage"]]);
  },

  async "tells that a credential is not good, before it reads a document"() {
    const { error } = await client({ credentials: { Authorization: "Bearer er.broken.token" } }).query(ONE, { id: "1" });
    equal([error.response.status, error.networkError instanceof Error], [401, true]);
  },

  async "tells what a document has wrong, and a guest no more than that"() {
    const guest = await client({ credentials: {} }).mutation(CREATE, { input: { name: "x" } });
    equal(guest.error.graphQLErrors[0].extensions.code, "request/graphql");
    const wrong = await client().query(gql`query Wrong { categories { nmae } }`, {});
    equal([wrong.error.graphQLErrors[0].extensions.code, wrong.error.response.status], ["request/graphql", 400]);
  },

  async "sends hashes of documents, and documents where the server does not know them"() {
    const seen = watched();
    const persisted = persistedExchange({ preferGetForPersistedQueries: true });
    const urql = client({ fetch: seen.fetch, exchanges: [persisted, fetchExchange] });
    const { id } = await created(client());
    const query = gql`query Persisted${mark}($id: ID!) { category(id: $id) { id name } }`;
    equal((await urql.query(query, { id })).data.category.id, id);
    equal((await urql.query(query, { id })).data.category.id, id);
    const documents = seen.sent.map((one) => (decodeURIComponent(one.url) + one.body).includes(`Persisted${mark}(`));
    equal(documents, [false, true, false]);
  },
});
