// Apollo Client against a served shop.
import { createHash } from "node:crypto";
import { ApolloClient, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache, ServerError } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { relayStylePagination } from "@apollo/client/utilities";
import { categories, endpoint, equal, headers, mark, run, thrown, watched } from "./parts.mjs";

function client(options = {}) {
  const { credentials = headers, before = [], fetch: through = fetch } = options;
  const http = new HttpLink({ uri: endpoint, headers: credentials, fetch: through });
  const link = before.reduceRight((next, one) => one.concat(next), http);
  const typePolicies = { Query: { fields: { categoriesPage: relayStylePagination(["where", "sort"]) } } };
  return new ApolloClient({ link, cache: new InMemoryCache({ typePolicies }) });
}

const CREATE = gql`mutation Create($input: CategoryCreate!) {
  createCategory(input: $input) { id version name position }
}`;
const UPDATE = gql`mutation Update($id: ID!, $input: CategoryUpdate!, $ifVersion: Int) {
  updateCategory(id: $id, input: $input, ifVersion: $ifVersion) { id version name position }
}`;
const ONE = gql`query One($id: ID!) { category(id: $id) { id version name position children(sort: [{position: ASC}]) { id name } } }`;
const PAGE = gql`query Page($parent: IdWhere, $first: Int!, $after: String) {
  categoriesPage(where: {parent: {id: $parent}}, sort: [{position: ASC}], first: $first, after: $after) {
    edges { cursor node { id name } }
    pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
    totalCount
  }
}`;

async function created(apollo, more = {}) {
  const made = await apollo.mutate({ mutation: CREATE, variables: { input: { name: `Apollo ${mark} ${Math.random()}`, ...more } } });
  return made.data.createCategory;
}

/** An error's problem: what stands in the extensions of its first error. */
function problem(error) {
  equal(CombinedGraphQLErrors.is(error), true);
  return error.errors[0].extensions;
}

await run({
  async "asks, and answers the same question from its cache"() {
    const seen = watched();
    const apollo = client({ fetch: seen.fetch });
    const id = await categories("Apollo asks", 2);
    const { data } = await apollo.query({ query: ONE, variables: { id } });
    equal([data.category.name, data.category.children.length], [`Apollo asks ${mark}`, 2]);
    await apollo.query({ query: ONE, variables: { id } });
    equal(seen.sent.map((one) => one.status), [200]);
  },

  async "changes rows, and its cache knows the row by its type and id"() {
    const apollo = client();
    const { id } = await created(apollo);
    await apollo.query({ query: ONE, variables: { id } });
    const name = `Changed ${mark}`;
    const { data } = await apollo.mutate({ mutation: UPDATE, variables: { id, input: { name }, ifVersion: 1 } });
    equal([data.updateCategory.version, apollo.readQuery({ query: ONE, variables: { id } }).category.name], [2, name]);
  },

  async "goes through pages, and puts them together"() {
    const apollo = client();
    const parent = { eq: await categories("Apollo pages", 5) };
    const watching = apollo.watchQuery({ query: PAGE, variables: { parent, first: 2 } });
    const results = [];
    const subscribed = watching.subscribe((result) => results.push(result));
    const variables = { parent, first: 2 };
    await apollo.query({ query: PAGE, variables });
    let read = apollo.readQuery({ query: PAGE, variables }).categoriesPage;
    equal([read.totalCount, read.edges.length, read.pageInfo.hasNextPage], [5, 2, true]);
    for (const _ of ["second", "third"]) {
      await watching.fetchMore({ variables: { after: read.pageInfo.endCursor } });
      read = apollo.readQuery({ query: PAGE, variables }).categoriesPage;
    }
    await new Promise((resolve) => setTimeout(resolve, 50)); // watchers are told in a turn of their own
    subscribed.unsubscribe();
    const page = results.at(-1).data.categoriesPage;
    equal(page.pageInfo.hasNextPage, false);
    equal(page.edges.map((edge) => edge.node.name), [1, 2, 3, 4, 5].map((at) => `Apollo pages ${mark} ${at}`));
  },

  async "tells problems with their codes, fields and rows"() {
    const apollo = client();
    const invalid = problem(await thrown(created(apollo, { name: "" })));
    equal([invalid.code, invalid.status, invalid.errors.map((one) => one.path)], ["operation/not-valid", 422, ["name", "slug"]]);
    const { id } = await created(apollo);
    const variables = { id, input: { position: 7 }, ifVersion: 9 };
    const conflict = problem(await thrown(apollo.mutate({ mutation: UPDATE, variables })));
    equal([conflict.code, conflict.status, conflict.current.version], ["outcome/conflict", 412, 1]);
    const { data, error } = await apollo.query({
      query: gql`query Partial { categories(limit: 1) { id } ordersPage(first: 1, after: "forged") { totalCount } }`, errorPolicy: "all",
    });
    equal([data.categories.length, data.ordersPage, error.errors[0].path], [1, null, ["ordersPage"]]);
  },

  async "tells what a document has wrong, and a guest no more than that"() {
    const wrong = problem(await thrown(client().query({ query: gql`{ categories { nmae } }` })));
    equal(wrong.code, "request/graphql");
    equal(problem(await thrown(created(client({ credentials: {} })))).code, "request/graphql");
  },

  async "tells that a credential is not good, before it reads a document"() {
    const error = await thrown(created(client({ credentials: { Authorization: "Bearer er.broken.token" } })));
    equal([ServerError.is(error), error.statusCode, JSON.parse(error.bodyText).code], [true, 401, "authorize/bad-credentials"]);
  },

  async "sends hashes of documents, and documents where the server does not know them"() {
    const seen = watched();
    const sha256 = (text) => createHash("sha256").update(text).digest("hex");
    const persisted = () => new PersistedQueryLink({ sha256, useGETForHashedQueries: true });
    const { id } = await created(client());
    const query = gql`query Persisted${mark}($id: ID!) { category(id: $id) { id name } }`;
    const ask = () => client({ before: [persisted()], fetch: seen.fetch }).query({ query, variables: { id } });
    equal((await ask()).data.category.id, id);
    equal((await ask()).data.category.id, id);
    const documents = seen.sent.map((one) => `${one.method} ${(one.url + one.body).includes(`Persisted${mark}(`) ? "document" : "hash"}`);
    equal([documents[0], documents.at(-1), documents.length], ["GET hash", "GET hash", 3]);
    equal(documents[1].endsWith("document"), true);
  },
});
