import { eq, inArray } from 'drizzle-orm';
import { sealedCredentials } from '../../../drizzle/schema/index.ts';
import type { CredentialsPlatform } from '../../inputs.ts';
import { groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx, Services } from '../../platform/services.ts';
import { platformWords } from '../validation/facts/web/credentials.ts';

/** By submission: which of its fields hold a secret now. Never what it is. */
export function sealedFieldsLoader(ctx: Ctx) {
  return loaderOf<string, string[]>(ctx, 'credentials.fields', async (submissionIds) => {
    const rows = await ctx.db
      .select({ submissionId: sealedCredentials.submissionId, field: sealedCredentials.field })
      .from(sealedCredentials)
      .where(inArray(sealedCredentials.submissionId, [...submissionIds]));
    return groupByKey(submissionIds, rows, (row) => row.submissionId).map((own) => own.map((row) => row.field));
  });
}

/** Bound to its place: a sealed value that is moved to another field or input does not open there. */
export function purposeOf(inputId: string, field: string): string {
  return `credentials:${inputId}:${field}`;
}

/** What was handed in, opened to be tried: for the call alone. Empty once it was taken back or replaced. */
export async function openCredentials(
  services: Pick<Services, 'db' | 'secrets'>,
  { submissionId, inputId }: { submissionId: string; inputId: string },
): Promise<Record<string, string>> {
  const rows = await services.db
    .select()
    .from(sealedCredentials)
    .where(eq(sealedCredentials.submissionId, submissionId));
  return Object.fromEntries(
    rows.map(({ field, sealed }) => [field, services.secrets.open(purposeOf(inputId, field), sealed)]),
  );
}

/** What people call it. */
export function platformName(platform: CredentialsPlatform): string {
  return platformWords[platform].name;
}
