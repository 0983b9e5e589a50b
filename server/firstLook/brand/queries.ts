import { and, desc, eq, isNotNull, isNull, notInArray, or, sql } from 'drizzle-orm';
import {
  accounts,
  type FirstLookBrand,
  files,
  firstLooks,
  projects,
  submissions,
  taskInputs,
} from '../../../drizzle/schema/index.ts';
import type { InputSpec } from '../../inputs.ts';
import { codeOf } from '../../platform/blobs/disk.ts';
import type { Services } from '../../platform/services.ts';
import { type Picture, pictureType } from '../pictures.ts';
import type { FirstLookRow } from '../queries.ts';
import { type LogoSeen, logoOf, maxLogoBytes } from './pictures.ts';
import type { SiteBrand } from './site.ts';

/** Whether what is handed in there is a logo: drawings are taken for nothing else. */
export function isLogoInput(spec: InputSpec): boolean {
  return spec.kind === 'FILE' && spec.acceptedExtensions.includes('.svg');
}

/** How a project's mocks are painted: by the logo that was handed in, else as its site looks. `site`: when that was read just now. */
export async function brandNow(
  services: Pick<Services, 'db' | 'blobs'>,
  projectId: string,
  site: SiteBrand | null,
): Promise<FirstLookBrand | null> {
  const [found] = await services.db
    .select({ account: accounts.name, before: firstLooks.brand })
    .from(projects)
    .innerJoin(accounts, eq(accounts.id, projects.accountId))
    .leftJoin(firstLooks, eq(firstLooks.projectId, projects.id))
    .where(eq(projects.id, projectId));
  if (!found) return null;
  const under = siteLooks(site ?? found.before?.site ?? null, found.account);
  const given = await logoGiven(services, projectId);
  if (given === null) return under;
  const { seen, submissionId } = given;
  const logo = seen.isShown ? { logo: 'SUBMISSION' as const, logoAt: submissionId, ground: seen.ground } : {};
  return { ...under, ...logo, accent: seen.accent ?? under.accent };
}

function siteLooks(site: SiteBrand | null, account: string): FirstLookBrand {
  const { name, logo, accent, ground } = site ?? { name: null, logo: null, accent: null, ground: null };
  return { logo: logo === null ? null : 'WEBSITE', logoAt: logo, accent, ground, name: name ?? account, site };
}

/** The newest logo that was handed in and not refused, taken back or sent for another; null when it says nothing. */
async function logoGiven(
  { db, blobs }: Pick<Services, 'db' | 'blobs'>,
  projectId: string,
): Promise<{ seen: LogoSeen; submissionId: string } | null> {
  const rows = await db
    .select({ id: submissions.id, key: files.blobKey, sizeBytes: files.sizeBytes, spec: taskInputs.spec })
    .from(submissions)
    .innerJoin(files, eq(files.id, submissions.fileId))
    .innerJoin(taskInputs, eq(taskInputs.id, submissions.inputId))
    .where(
      and(
        eq(submissions.projectId, projectId),
        eq(files.state, 'STORED'),
        isNotNull(submissions.finishedAt),
        isNull(submissions.withdrawnAt),
        notInArray(submissions.state, ['REJECTED', 'SUPERSEDED']),
        or(isNull(submissions.reviewOutcome), eq(submissions.reviewOutcome, 'APPROVED')),
        sql`${taskInputs.spec}->>'kind' = 'FILE' and ${taskInputs.spec}->'acceptedExtensions' @> '[".svg"]'`,
      ),
    )
    .orderBy(desc(submissions.finishedAt), desc(submissions.id))
    .limit(3);
  for (const row of rows) {
    const bytes = isLogoInput(row.spec) ? await bytesOf(blobs, row) : null;
    const seen = bytes && (await logoOf(bytes));
    if (seen) return { seen, submissionId: row.id };
  }
  return null;
}

async function bytesOf(
  blobs: Services['blobs'],
  { key, sizeBytes }: { key: string; sizeBytes: number },
): Promise<Uint8Array | null> {
  if (sizeBytes > maxLogoBytes) return null;
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await blobs.open(key)) chunks.push(chunk as Uint8Array);
    return Buffer.concat(chunks);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** The logo of a look that the viewer was let to see: its bytes, or the address of one elsewhere. */
export async function brandLogo(
  services: Pick<Services, 'db' | 'blobs'>,
  { projectId, brand }: Pick<FirstLookRow, 'projectId' | 'brand'>,
): Promise<Picture | string | null> {
  if (!brand?.logo || !brand.logoAt) return null;
  if (brand.logo === 'WEBSITE') return brand.logoAt;
  const [row] = await services.db
    .select({ key: files.blobKey, sizeBytes: files.sizeBytes })
    .from(submissions)
    .innerJoin(files, eq(files.id, submissions.fileId))
    .where(
      and(eq(submissions.id, brand.logoAt), eq(submissions.projectId, projectId), isNull(submissions.withdrawnAt)),
    );
  const bytes = row && (await bytesOf(services.blobs, row));
  const type = bytes && pictureType(bytes);
  return bytes && type ? { bytes, type } : null;
}
