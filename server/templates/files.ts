import { desc, eq, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { templates, templateVersions } from '../../drizzle/schema/index.ts';
import { type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import type { Services } from '../platform/services.ts';
import type { Playbook } from './document.ts';
import { type PlaybookFile, playbookFiles } from './playbooks.ts';

/** Any number that no other lock of ours has. */
const templatesLock = 7_240_312;

/** What happens to templates is of no project, and only staff read of it. */
export const ofCompany = { audience: 'INTERNAL', projectId: null } as const;

/**
 * Brings the playbooks that come with Slipway into the database: each version once. One that was edited in the app keeps
 * what was published there; a newer file then only joins its history, where it can be read and copied from.
 */
export async function templatesFromFiles(
  services: Services,
  files: readonly PlaybookFile[] = playbookFiles,
): Promise<void> {
  await transaction(services, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${templatesLock})`);
    const known = await tx
      .select({ key: templates.key, fileVersion: templateVersions.fileVersion })
      .from(templates)
      .innerJoin(templateVersions, eq(templateVersions.templateId, templates.id));
    for (const file of files) {
      const isKnown = known.some((row) => row.key === file.key && (row.fileVersion ?? 0) >= file.version);
      if (!isKnown) await take(tx, services.clock.now(), file.read());
    }
  });
}

async function take(tx: Tx, now: Date, playbook: Playbook): Promise<void> {
  const [existing] = await tx.select().from(templates).where(eq(templates.key, playbook.key)).for('update');
  const templateId = existing?.id ?? uuidv7();
  if (!existing) {
    const { key, name, platform, products } = playbook;
    const row = { id: templateId, revision: 1, key, name, platform, products, origin: 'FILE' as const };
    await tx.insert(templates).values({ ...row, retiredAt: null, createdAt: now, updatedAt: now });
    append(tx, { ...ofCompany, kind: 'template.created', actorId: null, subjectId: templateId, facts: {} });
  }
  const versions = await tx
    .select()
    .from(templateVersions)
    .where(eq(templateVersions.templateId, templateId))
    .orderBy(desc(templateVersions.number));
  const published = versions.find((version) => version.state === 'PUBLISHED');
  const isOffered = !published || published.fileVersion !== null;
  const number = versions[0] ? versions[0].number + 1 : playbook.version;
  if (isOffered && published) {
    await tx.update(templateVersions).set({ state: 'RETIRED' }).where(eq(templateVersions.id, published.id));
  }
  await tx.insert(templateVersions).values({
    id: uuidv7(),
    templateId,
    number,
    state: isOffered ? 'PUBLISHED' : 'RETIRED',
    revision: 1,
    document: { ...playbook, version: number },
    fileVersion: playbook.version,
    createdAt: now,
    updatedAt: now,
    publishedAt: isOffered ? now : null,
  });
  if (existing) {
    const { name, platform, products } = isOffered ? playbook : existing;
    await tx
      .update(templates)
      .set({ name, platform, products, revision: existing.revision + 1, updatedAt: now })
      .where(eq(templates.id, templateId));
  }
  const facts = { version: number, isOffered };
  append(tx, { ...ofCompany, kind: 'template.arrived', actorId: null, subjectId: templateId, facts });
}
