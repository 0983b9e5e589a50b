import postgres from 'postgres';
import { peerPackage } from './peers.ts';

/*
 * Hocuspocus as a process, as its documentation sets it up: `PORT`, and `DATABASE_URL` for its database extension on
 * PostgreSQL, else in memory. It keeps a document when nobody has changed it for two seconds, ten at the latest.
 */
const { Server } = await peerPackage('@hocuspocus/server');
const extensions = [];
if (process.env.DATABASE_URL) {
  const sql = postgres(process.env.DATABASE_URL, { onnotice: () => {} });
  await sql`create table if not exists hocuspocus (name text primary key, state bytea not null)`;
  const { Database } = await peerPackage('@hocuspocus/extension-database');
  extensions.push(
    new Database({
      fetch: async ({ documentName }: { documentName: string }) => {
        const [row] = await sql`select state from hocuspocus where name = ${documentName}`;
        return row?.state ?? null;
      },
      store: async ({ documentName, state }: { documentName: string; state: Buffer }) => {
        await sql`insert into hocuspocus values (${documentName}, ${state})
          on conflict (name) do update set state = excluded.state`;
      },
    }),
  );
}
const server = new Server({ port: Number(process.env.PORT), address: '127.0.0.1', quiet: true, extensions });
await server.listen();
console.log('ready');
