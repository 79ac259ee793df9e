// Relay's runtime against a served shop, with what its compiler made of documents.js.
import relay from "relay-runtime";
import { categories, endpoint, equal, headers, mark, run, thrown, watched } from "../parts.mjs";

const { commitMutation, ConnectionHandler, createOperationDescriptor, Environment, fetchQuery, getSingularSelector,
  Network, RecordSource, Store } = relay;

const artifact = async (name) => (await import(`./__generated__/${name}.graphql.js`)).default;
const ONE = await artifact("documentsOneQuery");
const CATEGORY = await artifact("documents_category");
const ROW = await artifact("documents_row");
const REFETCH = await artifact("documentsRowRefetchQuery");
const PAGED = await artifact("documentsPagedQuery");
const PAGES = await artifact("documents_pages");
const NEXT = await artifact("documentsPagesRefetchQuery");
const CREATE = await artifact("documentsCreateMutation");
const UPDATE = await artifact("documentsUpdateMutation");
const DELETE = await artifact("documentsDeleteMutation");
const PARTIAL = await artifact("documentsPartialQuery");

/** What a failed request throws: Relay's network layer is the program's own. */
class Failed extends Error {
  constructor(errors) {
    super(errors.map((error) => error.message).join(" "));
    this.problem = errors[0].extensions;
  }
}

function environment(credentials = headers, through = fetch) {
  const network = Network.create(async ({ text, name }, variables) => {
    const body = JSON.stringify({ query: text, operationName: name, variables });
    const sent = { ...credentials, "Content-Type": "application/json", Accept: "application/graphql-response+json" };
    const answer = await (await through(endpoint, { method: "POST", headers: sent, body })).json();
    if (answer.data === undefined || answer.data === null) {
      throw new Failed(answer.errors ?? [{ message: answer.title, extensions: answer }]);
    }
    return answer;
  });
  return new Environment({ network, store: new Store(new RecordSource()) });
}

const asked = (at, query, variables, options) => fetchQuery(at, query, variables, options).toPromise();

const changed = (at, mutation, variables) => new Promise((resolve, reject) => {
  commitMutation(at, { mutation, variables, onCompleted: (data, errors) => resolve({ data, errors }), onError: reject });
});

/** What a query's answer shows through a fragment. */
function seen(at, query, variables, fragment, of = (data) => data) {
  const { data } = at.lookup(createOperationDescriptor(query, variables).fragment);
  return at.lookup(getSingularSelector(fragment, of(data))).data;
}

await run({
  async "asks, and a fragment shows what is its own"() {
    const at = environment();
    const id = await categories("Relay asks", 2);
    const data = await asked(at, ONE, { id });
    equal([data.category.version, data.category.name], [1, undefined]);
    const shown = seen(at, ONE, { id }, CATEGORY, (found) => found.category);
    equal([shown.name, shown.children.length], [`Relay asks ${mark}`, 2]);
  },

  async "asks for one row again, by its root field"() {
    const at = environment();
    const id = await categories("Relay again", 1);
    await asked(at, ONE, { id });
    const position = () => seen(at, ONE, { id }, ROW).category.position;
    equal(position(), 0);
    await changed(environment(), UPDATE, { id, input: { position: 7 } });
    await asked(at, REFETCH, { id }, { fetchPolicy: "network-only" });
    equal(position(), 7);
  },

  async "goes through pages, and its store puts them together"() {
    const at = environment();
    const variables = { parent: await categories("Relay pages", 5) };
    await asked(at, PAGED, variables);
    let page = seen(at, PAGED, variables, PAGES).categoriesPage;
    equal([page.totalCount, page.edges.length, page.pageInfo.hasNextPage], [5, 2, true]);
    while (page.pageInfo.hasNextPage) {
      await asked(at, NEXT, { ...variables, count: 2, cursor: page.pageInfo.endCursor });
      page = seen(at, PAGED, variables, PAGES).categoriesPage;
    }
    equal(page.edges.map((edge) => edge.node.name), [1, 2, 3, 4, 5].map((n) => `Relay pages ${mark} ${n}`));
  },

  async "creates, changes and deletes rows, and its connections follow"() {
    const at = environment();
    const parent = await categories("Relay changes", 1);
    const variables = { parent };
    await asked(at, PAGED, variables);
    const where = { parent: { id: { eq: parent } } };
    const connections = [ConnectionHandler.getConnectionID("client:root", "documents_categoriesPage", { where })];
    const names = () => seen(at, PAGED, variables, PAGES).categoriesPage.edges.map((edge) => edge.node.name);
    const input = { name: `Appended ${mark}`, parent, position: 2 };
    const { data } = await changed(at, CREATE, { input, connections });
    equal(names(), [`Relay changes ${mark} 1`, `Appended ${mark}`]);
    const { id } = data.createCategory;
    const update = await changed(at, UPDATE, { id, input: { name: `Renamed ${mark}` }, ifVersion: 1 });
    equal([update.data.updateCategory.version, names()[1]], [2, `Renamed ${mark}`]);
    await changed(at, DELETE, { id, connections });
    equal(names(), [`Relay changes ${mark} 1`]);
  },

  async "tells problems with their codes, fields and rows"() {
    const at = environment();
    const invalid = (await thrown(changed(at, CREATE, { input: { name: "" }, connections: [] }))).problem;
    equal([invalid.code, invalid.errors[0].path], ["operation/not-valid", "name"]);
    const { data } = await changed(at, CREATE, { input: { name: `Relay ${mark}` }, connections: [] });
    const conflicting = { id: data.createCategory.id, input: { name: "x" }, ifVersion: 9 };
    const conflict = (await thrown(changed(at, UPDATE, conflicting))).problem;
    equal([conflict.code, conflict.current.version], ["outcome/conflict", 1]);
    const seenByNetwork = watched();
    const partial = await asked(environment(headers, seenByNetwork.fetch), PARTIAL, {});
    equal([partial.categories.length, partial.ordersPage, seenByNetwork.sent[0].status], [1, null, 200]);
  },

  async "tells that a credential is not good, before it reads a document"() {
    const refused = await thrown(asked(environment({ Authorization: "Bearer er.broken.token" }), PARTIAL, {}));
    equal(refused.problem.code, "authorize/bad-credentials");
  },
});
