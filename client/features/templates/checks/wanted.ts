/*
 * What a machine looks at, as a template keeps it: JSON, whose parts that nobody edits here stay as they are.
 */
export const checkKinds = ['DNS', 'URL', 'TAG', 'WEBHOOK', 'SITEMAP', 'IMAGE'] as const;
export type CheckKind = (typeof checkKinds)[number];
export const recordTypes = ['CNAME', 'TXT', 'CAA', 'SPF', 'DKIM', 'DMARC', 'BULK'] as const;
export type RecordType = (typeof recordTypes)[number];
export const pageTypes = ['HOME', 'CATEGORY', 'PRODUCT', 'CART', 'CONFIRMATION', 'OTHER'] as const;
export const imageUses = ['square-logo', 'wide-logo', 'email-logo', 'banner', 'product', 'apparel', 'bimi'] as const;
/** How often it may be looked at again, in minutes. */
export const intervals = [60, 360, 1_440, 10_080] as const;

export type WantedRecord = {
  type: RecordType;
  name?: string;
  target?: string;
  value?: string;
  issuer?: string;
  includes?: string[];
  selector?: string;
  key?: string | null;
  signer?: string | null;
  returnPath?: string | null;
  messagesPerDay?: number;
};
export type Wanted = {
  of: CheckKind;
  records?: WantedRecord[];
  types?: string[];
  environment?: 'PRODUCTION' | 'STAGING' | null;
  script?: string;
  accountId?: string | null;
  pageTypes?: string[];
  needsConsent?: boolean;
  use?: string;
};

/** Of what a template keeps; what is not to be read begins anew. */
export function wantedOf(text: string | null): Wanted {
  try {
    const read: unknown = JSON.parse(text ?? '');
    if (typeof read === 'object' && read !== null && 'of' in read && checkKinds.some((kind) => kind === read.of)) {
      return read as Wanted;
    }
  } catch {
    // Falls through to a new one.
  }
  return newWanted('DNS');
}

export function newWanted(of: CheckKind): Wanted {
  switch (of) {
    case 'DNS':
      return { of, records: [newRecord('CNAME')] };
    case 'TAG':
      return { of, script: '', accountId: null, pageTypes: ['HOME', 'PRODUCT'] };
    case 'IMAGE':
      return { of, use: 'square-logo' };
    default:
      return { of };
  }
}

export function newRecord(type: RecordType): WantedRecord {
  switch (type) {
    case 'CNAME':
      return { type, name: '', target: '' };
    case 'TXT':
      return { type, name: '@', value: '' };
    case 'CAA':
      return { type, name: '@', issuer: '' };
    case 'SPF':
      return { type, includes: [] };
    case 'DKIM':
      return { type, selector: '', key: null };
    case 'DMARC':
      return { type, signer: null, returnPath: null };
    case 'BULK':
      return { type, messagesPerDay: 5_000 };
  }
}
