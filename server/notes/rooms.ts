import { setTimeout as wait } from 'node:timers/promises';
import type { Services } from '../platform/services.ts';
import { createAppender } from './appender.ts';
import type { NoteLimits } from './limits.ts';
import type { Peer } from './peer.ts';
import type { RoomNote } from './queries.ts';
import { Room } from './room.ts';

export type Rooms = {
  /** Puts the socket into the note's room, which is opened for it when it is the first. */
  join(note: RoomNote, peer: Peer): Room;
  /** How many notes are open. */
  size(): number;
  close(): Promise<void>;
};

const closeMs = 10_000;

/** The rooms of this process. One room per note and epoch: its queue is what keeps the numbers of the updates dense. */
export function createRooms(services: Services, limits: NoteLimits): Rooms {
  const open = new Map<string, Room>();
  const appender = createAppender(services);
  const pinging = setInterval(() => {
    for (const room of open.values()) room.pingAll();
  }, limits.pingMs);

  return {
    join(note, peer) {
      const key = `${note.noteId}.${note.epoch}`;
      const known = open.get(key);
      const room = known ?? new Room(services, note, { limits, appender, onGone: () => open.delete(key) });
      if (!known) open.set(key, room);
      room.join(peer);
      return room;
    },
    size: () => open.size,
    async close() {
      clearInterval(pinging);
      const closed = Promise.all([...open.values()].map((room) => room.close()));
      // A database that does not answer must not keep the process: what is not stored was not acknowledged.
      await Promise.race([closed, wait(closeMs, undefined, { ref: false })]);
    },
  };
}
