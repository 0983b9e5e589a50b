import type { Services } from '../platform/services.ts';
import { noteEdited } from './commands.ts';
import type { RoomNote } from './queries.ts';

export type Bursts = {
  /** Updates of this person became durable. */
  edited(personId: string, updates: number): void;
  /** Writes what is open, now. */
  flush(): Promise<void>;
};

/** Counts each author's edits until they have been quiet for `quietMs`, then writes one event. */
export function createBursts(services: Services, note: RoomNote, quietMs: number): Bursts {
  const open = new Map<string, { updates: number; timer: NodeJS.Timeout }>();

  async function write(personId: string) {
    const burst = open.get(personId);
    if (!burst) return;
    open.delete(personId);
    clearTimeout(burst.timer);
    const { noteId, projectId, taskId } = note;
    try {
      await noteEdited(services, { noteId, projectId, taskId, personId, updates: burst.updates });
    } catch (error) {
      // The edits themselves are safe. Counted on, so that the next quiet moment tells of them too.
      services.log.warn({ error, noteId }, 'note.edited was not written');
      edited(personId, burst.updates);
    }
  }

  function edited(personId: string, updates: number) {
    const before = open.get(personId);
    clearTimeout(before?.timer);
    const timer = setTimeout(() => void write(personId), quietMs).unref();
    open.set(personId, { updates: (before?.updates ?? 0) + updates, timer });
  }

  return {
    edited,
    async flush() {
      await Promise.all([...open.keys()].map(write));
      // Only a database that is away leaves some open here; the room is going, and nobody would stop their timers.
      for (const { timer } of open.values()) clearTimeout(timer);
      open.clear();
    },
  };
}
