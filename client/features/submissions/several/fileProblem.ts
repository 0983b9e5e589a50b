import type { TFunction } from 'i18next';
import { bytes } from '../../../words/format.ts';

type Wanted = { acceptedExtensions: readonly string[]; maxBytes: number };

export function isOfKind({ name }: File, accepted: readonly string[]): boolean {
  return accepted.length === 0 || accepted.some((extension) => name.toLowerCase().endsWith(extension));
}

/** What is wrong with a file before a byte of it is sent; the limits are the server's. */
export function fileProblem(file: File, { acceptedExtensions, maxBytes }: Wanted, t: TFunction): string | null {
  const { name } = file;
  if (file.size === 0) return t('submissions.file.empty', { name });
  if (file.size > maxBytes) {
    return t('submissions.file.tooLarge', { name, size: bytes(file.size), limit: bytes(maxBytes) });
  }
  if (isOfKind(file, acceptedExtensions)) return null;
  return t('submissions.file.wrongType', { name, extensions: acceptedExtensions.join(', ') });
}
