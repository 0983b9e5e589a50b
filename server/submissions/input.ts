import { isIP } from 'node:net';
import { cleanFileName, hasExtension } from '../files/queries.ts';
import type { FileCheck, InputSpec } from '../inputs.ts';
import { isPublicAddress } from '../platform/fetching/addresses.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { words } from '../words/en.ts';
import { addressOf, type CheckGiven, isLookedAt, storedSpec } from './checks/subject.ts';
import type { StoredSpec } from './fetching/spec.ts';
import type { SubmissionRow } from './queries.ts';
import { checkDeclared, checkMapping, type Declared, type Mapping } from './reports/chosen.ts';
import { parsedAddress } from './validation/address.ts';

export type FileInput = {
  name: string;
  sizeBytes: number;
  contentType?: string | null;
  repairs?: number | null;
  mapping?: readonly Mapping[] | null;
  declared?: readonly Declared[] | null;
};
export type CreateInput = {
  taskId: string;
  /** Which of the task's inputs; may be left out where the kind tells. */
  inputId?: string | null;
  idempotencyKey: string;
  url?: string | null;
  file?: FileInput | null;
  check?: CheckGiven | null;
};

/** What is delivered, checked: an address, the announcement of a file, or what is to be looked at. */
export type Delivery =
  | { kind: 'URL'; url: string }
  | { kind: 'URL' | 'CHECK'; url: string | null; spec: StoredSpec; given: CheckGiven }
  | { kind: 'FILE'; file: { name: string; sizeBytes: number; contentType: string }; made: Made };

/** What the sender did about a file before it was sent. */
export type Made = Pick<SubmissionRow, 'repairs' | 'mapping' | 'declared'>;

type Limits = { maxUploadBytes: number };
type Wanted = { spec: InputSpec };

const maxUrlCharacters = 2_000;
const contentTypePattern = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/;

/** Holds what is delivered against what the input asks for. Throws the ActError that names the field to mend. */
export function checkDelivery(wanted: Wanted, { url, file, check }: CreateInput, limits: Limits): Delivery {
  const { spec } = wanted;
  if (isLookedAt(spec) && (file === null || file === undefined)) {
    const given = { ...check, ...(url !== null && url !== undefined ? { url } : {}) };
    const stored = storedSpec(spec, given, checkUrl);
    return { kind: spec.kind === 'URL' ? 'URL' : 'CHECK', url: addressOf(stored), spec: stored, given };
  }
  if (check !== null && check !== undefined) throw new ActError('WRONG_KIND', { params: { wanted: spec.kind } });
  const hasUrl = url !== null && url !== undefined;
  const hasFile = file !== null && file !== undefined;
  if (hasUrl === hasFile) throw new ApiError('BAD_USER_INPUT', words.graphql.exactlyOneInput());
  if (hasFile && spec.kind === 'FILE') return checkFile(spec, file, limits);
  if (!hasUrl || spec.kind !== 'URL') throw new ActError('WRONG_KIND', { params: { wanted: spec.kind } });
  return { kind: 'URL', url: checkUrl(url ?? '', 'url') };
}

function checkUrl(given: string, field: string): string {
  const text = given.trim();
  if (text === '') throw new ActError('EMPTY', { field });
  const why = urlFault(text);
  if (why !== null) throw new ActError('INVALID_URL', { field, params: { why } });
  return text;
}

function urlFault(text: string): 'SCHEME' | 'LONG' | 'FORM' | 'PASSWORD' | 'PRIVATE' | null {
  if (!/^https?:\/\//i.test(text)) return 'SCHEME';
  if (text.length > maxUrlCharacters) return 'LONG';
  const url = parsedAddress(text);
  if (/[\s\p{Cc}\p{Cf}]/u.test(text) || url === null) return 'FORM';
  const { username, password, hostname } = url;
  // Credentials in an address would be kept, shown and followed by everybody who reads the task.
  if (username !== '' || password !== '') return 'PASSWORD';
  // Decimal, hexadecimal and other spellings of a number are dotted here. What a name leads to is not asked: nobody is to
  // learn which names there are inside.
  const host = hostname.replace(/^\[|\]$|\.$/g, '');
  if (isIP(host) !== 0) return isPublicAddress(host) ? null : 'PRIVATE';
  if (!host.includes('.')) return 'PRIVATE';
  return /^[^.]+(\.[^.]+)+$/.test(host) ? null : 'FORM';
}

function checkFile(spec: Extract<InputSpec, { kind: 'FILE' }>, file: FileInput, { maxUploadBytes }: Limits): Delivery {
  const { acceptedExtensions } = spec;
  const name = cleanFileName(file.name);
  if (name === null) throw new ActError('INVALID_FILE_NAME', { field: 'file.name' });
  const { sizeBytes } = file;
  if (!Number.isInteger(sizeBytes) || sizeBytes < 0) throw new ApiError('BAD_USER_INPUT');
  if (sizeBytes === 0) throw new ActError('EMPTY', { field: 'file.sizeBytes' });
  if (sizeBytes > maxUploadBytes) {
    throw new ActError('FILE_TOO_LARGE', { field: 'file.sizeBytes', params: { maxBytes: maxUploadBytes } });
  }
  if (!hasExtension(name, acceptedExtensions)) {
    const accepted = acceptedExtensions.join(', ');
    throw new ActError('FILE_TYPE_NOT_ACCEPTED', { field: 'file.name', params: { accepted } });
  }
  const declared = file.contentType ?? '';
  const contentType = contentTypePattern.test(declared) ? declared : 'application/octet-stream';
  return { kind: 'FILE', file: { name, sizeBytes, contentType }, made: checkMade(spec.check ?? null, file) };
}

function checkMade(check: FileCheck | null, { repairs = null, mapping, declared }: FileInput): Made {
  if (repairs !== null && repairs < 1) throw new ApiError('BAD_USER_INPUT');
  const isChosen = (given: readonly unknown[] | null | undefined) => (given ?? []).length > 0;
  // Nobody reads columns of a file that is not checked.
  if (check === null && (isChosen(mapping) || isChosen(declared))) {
    throw new ActError('MAPPING_INVALID', { field: isChosen(mapping) ? 'file.mapping' : 'file.declared' });
  }
  return {
    repairs,
    mapping: check && isChosen(mapping) ? checkMapping(check, mapping ?? [], 'file.mapping') : null,
    declared: check && isChosen(declared) ? checkDeclared(declared ?? [], 'file.declared') : null,
  };
}
