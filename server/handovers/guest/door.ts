import type { Request, Response } from 'express';
import { refuse } from '../../platform/http/errors.ts';
import type { Services } from '../../platform/services.ts';
import { words } from '../../words/en.ts';
import { type Guest, guestOf } from '../queries.ts';
import { headOfTask } from './queries.ts';

const beatMs = 15_000;
/** Pages of one guest that are told of changes at once. */
const maxOpenPages = 6;

/**
 * An open page of a guest, told that something changed and never what: it then asks for its task as it would anew.
 *
 *   event: changed   something of the task did
 *   event: ended     it is not with them any more; nothing comes after it
 *   :                every 15 seconds, and before each the right is asked again
 */
export function createGuestPages(services: Services) {
  const open = new Set<() => void>();

  function follow(guest: Guest, token: string | null, req: Request, res: Response): void {
    const { personId, sessionId } = guest.viewer;
    const { projectId } = guest.task;
    if (services.connections.countOf(personId) >= maxOpenPages) {
      refuse(res, 429, 'RATE_LIMITED', words.http.RATE_LIMITED({ seconds: 60 }));
      return;
    }
    res.status(200).set({ 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no', Connection: 'keep-alive' });
    res.flushHeaders();
    let head: number | null = null;
    let isClosed = false;
    let isLooking = false;
    let isAskedAgain = false;
    const stillAllowed = async () => (await guestOf(services, guest.handover.id, token)) !== null;

    function close(): void {
      if (isClosed) return;
      isClosed = true;
      clearInterval(beat);
      stop();
      forget();
      open.delete(close);
      res.end();
    }
    function end(): void {
      if (!isClosed) res.write('event: ended\ndata: {}\n\n');
      close();
    }
    /** One look at a time; what rings meanwhile is looked for once more. */
    async function look(): Promise<void> {
      if (isLooking) {
        isAskedAgain = true;
        return;
      }
      isLooking = true;
      try {
        do {
          isAskedAgain = false;
          if (!(await stillAllowed())) return end();
          const now = await headOfTask(services, guest.task.id);
          if (isClosed) return;
          if (head !== null && now !== head) res.write('event: changed\ndata: {}\n\n');
          head = now;
        } while (isAskedAgain);
      } catch (error) {
        // A page that cannot be told is better gone: it comes back, and is asked who it is.
        services.log.warn({ err: error }, 'guest page');
        close();
      } finally {
        isLooking = false;
      }
    }
    const stop = services.bus.on(`project:${projectId}`, () => void look());
    const forget = services.connections.add({
      personId,
      sessionId,
      // Whoever handed it over: when they leave, what they gave away ends.
      viewedBy: guest.handover.handedBy,
      isStillAllowed: stillAllowed,
      end,
    });
    const beat = setInterval(() => {
      res.write(':\n\n');
      void look();
    }, beatMs);
    open.add(close);
    req.on('close', close);
    void look();
  }

  return {
    follow,
    close(): void {
      for (const one of [...open]) one();
    },
  };
}

export type GuestPages = ReturnType<typeof createGuestPages>;
