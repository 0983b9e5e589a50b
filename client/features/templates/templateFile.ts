import type { ApolloClient } from '@apollo/client';
import { fileQuery } from './acts.ts';

/** More than any template is; what is larger is not read at all. */
export const mostFileBytes = 900_000;

/** Gives the browser a version as a file to keep. */
export async function saveTemplate(client: ApolloClient, versionId: string): Promise<boolean> {
  const { data } = await client.query({ query: fileQuery, variables: { id: versionId }, fetchPolicy: 'no-cache' });
  const version = data?.templateVersion;
  if (!version?.template) return false;
  const url = URL.createObjectURL(new Blob([version.file], { type: 'application/json' }));
  const link = document.createElement('a');
  link.download = `${version.template.key}-${version.number}.template.json`;
  link.href = url;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return true;
}
