import { and, eq, isNull } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { guestSessions, handovers, people, projectPartners } from '../../../drizzle/schema/index.ts';
import { guestRole } from '../../access/viewer.ts';
import { newToken, normalEmail, sameHash, tokenHash } from '../../accounts/commands.ts';
import { type Tx, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import { isUuid } from '../../platform/graphql/ids.ts';
import type { Services } from '../../platform/services.ts';
import { lockRow, onTask } from '../../tasks/commands.ts';
import type { TaskSeen } from '../../tasks/queries.ts';
import { words } from '../../words/en.ts';
import { handoverMail, mayOpen } from '../commands.ts';
import type { HandoverRow } from '../queries.ts';

export type HandoverProblem = Exclude<keyof typeof words.handover, 'guest'>;
export type LinkUse = { id: string; token: string };

const maxWrongTries = 5;
const maxNameCharacters = 80;

type Found = { row: HandoverRow; task: TaskSeen };

/** The open handover of a link, locked; else why it leads nowhere. Only whoever holds its token learns anything. */
async function foundBy(
  tx: Tx,
  services: Services,
  { id, token }: LinkUse,
): Promise<Found | { problem: HandoverProblem }> {
  if (!isUuid(id)) return { problem: 'HANDOVER_INVALID' };
  const [known] = await tx.select().from(handovers).where(eq(handovers.id, id));
  if (!known || !sameHash(known.tokenHash, tokenHash(token))) return { problem: 'HANDOVER_INVALID' };
  const task = await lockRow(tx, known.taskId);
  const [row] = await tx.select().from(handovers).where(eq(handovers.id, id)).for('update');
  if (!row || !task || !sameHash(row.tokenHash, tokenHash(token))) return { problem: 'HANDOVER_INVALID' };
  return mayOpen(row, task, services.clock.now()) ? { row, task } : { problem: 'HANDOVER_OVER' };
}

export type LinkSeen = { isUsed: boolean; asksName: boolean } | { problem: HandoverProblem };

/** What the page of a link asks for. Looking uses nothing up, and says nothing of the task. */
export async function handoverLook(services: Services, use: LinkUse): Promise<LinkSeen> {
  const { value } = await transaction(services, async (tx): Promise<LinkSeen> => {
    const found = await foundBy(tx, services, use);
    if ('problem' in found) return found;
    return { isUsed: found.row.usedAt !== null, asksName: found.row.guestId === null };
  });
  return value;
}

export type HandoverOpen = LinkUse & {
  email: string;
  name: string;
  /** The guest cookie that the browser sent, with what else was opened there. */
  oldToken: string | null;
};
export type HandoverOpened = { token: string } | { problem: HandoverProblem };

/**
 * Lets the browser in that posts a link's token and the address that it was sent to: a mail that was passed on opens
 * nothing by itself, and neither does a scanner that follows links and presses buttons.
 */
export async function handoverOpen(services: Services, use: HandoverOpen): Promise<HandoverOpened> {
  const { value } = await transaction(services, async (tx): Promise<HandoverOpened> => {
    const found = await foundBy(tx, services, use);
    if ('problem' in found) return found;
    const { row, task } = found;
    if (row.usedAt !== null) {
      return { problem: row.wrongTries >= maxWrongTries ? 'HANDOVER_SPENT' : 'HANDOVER_USED' };
    }
    const now = services.clock.now();
    if (normalEmail(use.email) !== row.email) return missed(tx, row, now);
    const name = [...use.name.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()].slice(0, maxNameCharacters).join('');
    if (row.guestId === null && name === '') return { problem: 'NAME_MISSING' };
    const guestId = row.guestId ?? (await guestAdd(tx, services, row, task, name));
    await tx
      .update(handovers)
      .set({ usedAt: now, guestId, openedAt: row.openedAt ?? now })
      .where(eq(handovers.id, row.id));
    append(tx, { ...onTask(null, task), kind: 'handover.opened', actorId: guestId, facts: {} });
    return { token: await sessionStart(tx, row.id, use.oldToken, now) };
  });
  return value;
}

async function missed(tx: Tx, row: HandoverRow, now: Date): Promise<{ problem: HandoverProblem }> {
  const wrongTries = row.wrongTries + 1;
  const isSpent = wrongTries >= maxWrongTries;
  await tx
    .update(handovers)
    .set({ wrongTries, ...(isSpent ? { usedAt: now } : {}) })
    .where(eq(handovers.id, row.id));
  return { problem: isSpent ? 'HANDOVER_SPENT' : 'HANDOVER_OTHER' };
}

/**
 * Who the guest is in what they write: a name that says so, as a partner who was never let in. They stand as somebody
 * removed, so that no sign-in, list, mention or mail of anybody's finds them, and their own address stays free.
 */
async function guestAdd(tx: Tx, services: Services, row: HandoverRow, task: TaskSeen, name: string): Promise<string> {
  const now = services.clock.now();
  const [giver] = await tx.select({ isSample: people.isSample }).from(people).where(eq(people.id, row.handedBy));
  const id = uuidv7();
  await tx.insert(people).values({
    id,
    email: `${id}@guest.invalid`,
    name: words.handover.guest({ name }),
    role: guestRole,
    accountId: null,
    timeZone: task.timeZone,
    isSample: giver?.isSample ?? false,
    createdAt: now,
    updatedAt: now,
    removedAt: now,
  });
  const { projectId } = task;
  await tx.insert(projectPartners).values({ projectId, personId: id, createdAt: now, detachedAt: now });
  return id;
}

/**
 * A new cookie for all that this browser has opened: whoever planted or copied the old one has nothing by it, and a
 * developer with two tasks keeps both.
 */
async function sessionStart(tx: Tx, handoverId: string, oldToken: string | null, now: Date): Promise<string> {
  const token = newToken();
  if (oldToken !== null) {
    await tx
      .update(guestSessions)
      .set({ endedAt: now })
      .where(and(eq(guestSessions.handoverId, handoverId), eq(guestSessions.tokenHash, tokenHash(oldToken))));
    await tx
      .update(guestSessions)
      .set({ tokenHash: tokenHash(token) })
      .where(and(eq(guestSessions.tokenHash, tokenHash(oldToken)), isNull(guestSessions.endedAt)));
  }
  await tx
    .insert(guestSessions)
    .values({ id: uuidv7(), handoverId, tokenHash: tokenHash(token), createdAt: now, endedAt: null });
  return token;
}

/** Mails a fresh link to the address of the handover, for whoever holds an old one; that one is dead from then on. */
export async function handoverRenew(services: Services, use: LinkUse): Promise<{ problem: HandoverProblem | null }> {
  const { value } = await transaction(services, async (tx) => {
    const found = await foundBy(tx, services, use);
    if ('problem' in found) return { problem: found.problem };
    const { row, task } = found;
    const token = newToken();
    await tx
      .update(handovers)
      .set({ tokenHash: tokenHash(token), usedAt: null, wrongTries: 0 })
      .where(eq(handovers.id, row.id));
    append(tx, { ...onTask(null, task), kind: 'handover.renewed', actorId: row.guestId, facts: {} });
    await handoverMail(tx, services, row, task, token);
    return { problem: null };
  });
  return value;
}
