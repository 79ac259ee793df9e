// What the program asks for. The compiler reads it; the program takes what the compiler makes of it.
import { graphql } from "relay-runtime";

export const one = graphql`
  query documentsOneQuery($id: ID!) {
    category(id: $id) {
      id
      version
      ...documents_category
    }
    ...documents_row @arguments(id: $id)
  }
`;

export const shown = graphql`
  fragment documents_category on Category {
    name
    children(sort: [{ position: ASC }]) {
      name
    }
  }
`;

export const again = graphql`
  fragment documents_row on Query
  @refetchable(queryName: "documentsRowRefetchQuery")
  @argumentDefinitions(id: { type: "ID!" }) {
    category(id: $id) {
      name
      position
    }
  }
`;

export const pages = graphql`
  fragment documents_pages on Query
  @refetchable(queryName: "documentsPagesRefetchQuery")
  @argumentDefinitions(
    parent: { type: "ID!" }
    count: { type: "Int", defaultValue: 2 }
    cursor: { type: "String" }
  ) {
    categoriesPage(
      where: { parent: { id: { eq: $parent } } }
      sort: [{ position: ASC }]
      first: $count
      after: $cursor
    ) @connection(key: "documents_categoriesPage", filters: ["where"]) {
      totalCount
      edges {
        node {
          id
          name
        }
      }
    }
  }
`;

export const paged = graphql`
  query documentsPagedQuery($parent: ID!) {
    ...documents_pages @arguments(parent: $parent)
  }
`;

export const create = graphql`
  mutation documentsCreateMutation($input: CategoryCreate!, $connections: [ID!]!) {
    createCategory(input: $input) @appendNode(connections: $connections, edgeTypeName: "CategoryEdge") {
      id
      version
      name
    }
  }
`;

export const update = graphql`
  mutation documentsUpdateMutation($id: ID!, $input: CategoryUpdate!, $ifVersion: Int) {
    updateCategory(id: $id, input: $input, ifVersion: $ifVersion) {
      id
      version
      name
    }
  }
`;

export const remove = graphql`
  mutation documentsDeleteMutation($id: ID!, $connections: [ID!]!) {
    deleteCategory(id: $id) {
      id @deleteEdge(connections: $connections)
    }
  }
`;

export const partial = graphql`
  query documentsPartialQuery {
    categories(limit: 1) {
      id
    }
    ordersPage(first: 1, after: "forged") {
      totalCount
    }
  }
`;
