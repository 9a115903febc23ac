import { GraphQLError, buildSchema, graphql, parse, validate } from 'graphql';

const schema = buildSchema(`
  type Book { id: ID!, title: String!, author: Author! }
  type Author { name: String!, books: [Book!]! }
  type Query { book(id: ID!): Book, books: [Book!]! }
  type Mutation { rename(id: ID!, title: String!): Book! }
`);

export default {
  async fetch(request: Request) {
    const { query, variables } = await request.json() as { query: string; variables?: Record<string, unknown> };
    const books = new Map([['1', 'Emma'], ['2', 'Persuasion']]);
    const author = { name: 'Jane Austen', books: () => [...books.keys()].map(book) };
    const book = (id: string): unknown => books.has(id) ? { id, title: () => books.get(id), author } : null;
    const rootValue = {
      book: ({ id }: { id: string }) => book(id),
      books: async () => Promise.resolve([...books.keys()].map(book)),
      rename: ({ id, title }: { id: string; title: string }) => {
        if (!books.has(id)) {
          throw new GraphQLError(`There is no book ${id}.`);
        }

        books.set(id, title);
        return book(id);
      },
    };
    const invalid = validate(schema, parse(query));
    return Response.json(invalid.length > 0 ? { errors: invalid } : await graphql({ schema, source: query, rootValue, variableValues: variables }));
  },
};
