import 'reflect-metadata';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { notesUpgrade } from '../../../server/notes/socket.ts';
import { addPerson, addTaskWithNote, fillNotes } from '../../notes/world.ts';
import { notesServices } from './services.ts';

/*
 * Our notes as a process: the same socket, sessions, rights and database code as in the product, without the rest of it,
 * as the peers come without a product too. `DATA_DIR`, `DATABASE_URL`, `NOTES` (how many notes to have) and `PORT`.
 */
const dataDir = process.env.DATA_DIR ?? '';
const { services } = await notesServices({
  dataDir,
  databaseUrl: process.env.DATABASE_URL || null,
  logLevel: process.env.LOG_LEVEL ?? 'error',
});

const world = `${dataDir}/world.json`;
if (!existsSync(world)) writeFileSync(world, JSON.stringify(await filled(Number(process.env.NOTES))));

process.on('SIGTERM', () => process.exit(0));

const notesSocket = notesUpgrade(services);
const server = createServer((_, res) => res.writeHead(404).end());
server.on('upgrade', (req, socket, head) => notesSocket.handle(req, socket, head));
server.listen(Number(process.env.PORT), '127.0.0.1', () =>
  console.log(
    JSON.stringify({ port: (server.address() as AddressInfo).port, ...JSON.parse(readFileSync(world, 'utf8')) }),
  ),
);

/** Notes, and enough people that nobody opens more sockets than one person may. */
async function filled(count: number): Promise<{ rooms: string[]; cookies: string[] }> {
  const { note, phaseId, accountId, anna, ben } = await fillNotes(services);
  const cookies = [anna.cookie, ben.cookie];
  for (let i = 0; i < 18; i++) cookies.push((await addPerson(services, `Person${i}`, accountId)).cookie);
  const ids = [note.id];
  while (ids.length < count) ids.push(await addTaskWithNote(services, note.projectId, phaseId, 'SHARED'));
  return { rooms: ids.map((id) => `/notes/${id}.1?acks=1`), cookies };
}
