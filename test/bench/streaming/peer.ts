import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, execute, type GraphQLObjectType, subscribe } from 'graphql';
import { useServer as serveSocket } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { commentText } from './operation.ts';

/*
 * The peer: graphql-ws over graphql-js as their documentation puts them together, with a publisher in memory. No
 * database, no rights and no limits: whatever it takes is what the two libraries take. `POST /publish` makes a change.
 */
const schema = buildSchema(`
  type Query { ok: Boolean }
  type Subscription { changes(projectId: ID!, after: Int): ChangeMessage! }
  union ChangeMessage = Change | CaughtUp | Heartbeat | Reload
  type Change { position: Int, kind: String!, at: String!, actor: Person, node: Node }
  type CaughtUp { position: Int }
  type Heartbeat { position: Int }
  type Reload { reason: String, position: Int }
  type Person { id: ID!, name: String! }
  interface Node { id: ID! }
  type Comment implements Node { id: ID!, text: String!, createdAt: String!, author: Person!, task: Task! }
  type Task implements Node { id: ID!, title: String!, state: String! }
`);

type Message = { __typename: string; position: number } & Record<string, unknown>;
const listeners = new Set<(message: Message) => void>();
let position = 0;

async function* changes() {
  const waiting: Message[] = [{ __typename: 'CaughtUp', position }];
  let wake = () => {};
  const listen = (message: Message) => {
    waiting.push(message);
    wake();
  };
  listeners.add(listen);
  try {
    for (;;) {
      const message = waiting.shift();
      if (message) yield { changes: message };
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    listeners.delete(listen);
  }
}
(schema.getType('Subscription') as GraphQLObjectType).getFields().changes!.subscribe = changes;

const id = '0195f7a2-3c4d-7e5f-8a6b-1c2d3e4f5a6b';
const person = { id, name: 'Jonas Lindqvist' };
const task = { id, title: 'Deliver the product feed', state: 'IN_REVIEW' };

function publish(): void {
  position += 1;
  const at = new Date().toISOString();
  const node = { __typename: 'Comment', id, text: commentText(position), createdAt: at, author: person, task };
  const change = { __typename: 'Change', position, kind: 'comment.added', at, actor: person, node };
  for (const listen of listeners) listen(change);
}

const http = createServer((_req, res) => {
  publish();
  res.end();
});
const server = new WebSocketServer({ server: http, path: '/graphql', perMessageDeflate: false });
serveSocket({ schema, execute, subscribe }, server);
http.listen(0, '127.0.0.1', () => console.log(`ready ${(http.address() as AddressInfo).port}`));
