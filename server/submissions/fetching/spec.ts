import { z } from 'zod';
import { credentialsPlatforms } from '../../inputs.ts';
import { imageUses } from '../validation/facts/image/rules.ts';
import { pageTypes } from '../validation/facts/web/tag.ts';

/*
 * What a check looks at, as a task stores it. Lists are short on purpose: one check may not make this server ask half the
 * internet. Addresses and names are judged by the rules, so they are any text here.
 */
const address = z.string().max(2_048);
const name = z.string().max(300);
const names = z.array(name).max(20).default([]);
const attribute = z
  .string()
  .regex(/^[\w.$-]{1,80}$/)
  .nullable()
  .default(null);

const dnsRecord = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('CNAME'), name, target: name }),
  z.strictObject({ type: z.literal('TXT'), name, value: z.string().min(1).max(2_000) }),
  z.strictObject({ type: z.literal('CAA'), name, issuer: name }),
  z.strictObject({ type: z.literal('SPF'), includes: names }),
  z.strictObject({ type: z.literal('DKIM'), selector: name, key: z.string().max(4_000).nullable().default(null) }),
  z.strictObject({
    type: z.literal('DMARC'),
    signer: name.nullable().default(null),
    returnPath: name.nullable().default(null),
  }),
  z.strictObject({
    type: z.literal('BULK'),
    messagesPerDay: z.number().int().min(0),
    selectors: names,
    addresses: z
      .array(z.union([z.ipv4(), z.ipv6()]))
      .max(10)
      .default([]),
    usesTls: z.boolean().nullable().default(null),
    hasOneClick: z.boolean().nullable().default(null),
    spamRate: z.number().min(0).max(1).nullable().default(null),
  }),
]);

const expects = z.strictObject({
  /** Begins of content types: `text/html`. */
  types: z.array(z.string().max(100)).max(10).default([]),
  hosts: names,
  environment: z.enum(['PRODUCTION', 'STAGING']).nullable().default(null),
});

const tag = z.strictObject({
  script: z.string().min(4).max(300),
  accountId: z.string().min(1).max(200).nullable().default(null),
  scriptOrigins: z.array(address).max(10).default([]),
  connectOrigins: z.array(address).max(10).default([]),
  imageOrigins: z.array(address).max(10).default([]),
  needsConsent: z.boolean().default(false),
  isPinned: z.boolean().default(false),
  names: z
    .strictObject({ pageType: attribute, productId: attribute, currency: attribute, price: attribute })
    .prefault({}),
});

export const checkSpec = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('DNS'), domain: name, records: z.array(dnsRecord).min(1).max(20) }),
  z.strictObject({ kind: z.literal('URL'), url: address, expects: expects.prefault({}) }),
  z.strictObject({ kind: z.literal('IMAGE'), url: address, use: z.enum(imageUses) }),
  z.strictObject({
    kind: z.literal('TAG'),
    pages: z
      .array(z.strictObject({ url: address, type: z.enum(pageTypes) }))
      .min(1)
      .max(10),
    wanted: tag,
    hosts: names,
  }),
  z.strictObject({
    kind: z.literal('WEBHOOK'),
    url: address,
    secret: z.string().regex(/^whsec_[A-Za-z0-9+/]{16,200}={0,2}$/),
  }),
  z.strictObject({ kind: z.literal('SITEMAP'), url: address }),
  z.strictObject({
    kind: z.literal('CREDENTIALS'),
    platform: z.enum(credentialsPlatforms),
    scopes: z.array(name).max(40),
    /** What was handed in, by the key of its field; sealed elsewhere, and opened only to run. */
    values: z.record(z.string(), z.string()),
  }),
  z.strictObject({
    kind: z.literal('FEED'),
    url: address,
    /** Of basic authentication; kept as a secret by whoever stores it, and opened only to run. */
    auth: z
      .strictObject({ user: z.string().max(500), password: z.string().max(500) })
      .nullable()
      .default(null),
    /** Of the last good pull. */
    last: z
      .strictObject({
        etag: z.string().max(500).nullable(),
        lastModified: z.string().max(100).nullable(),
        sha256: z.string(),
        /** When its bytes were last different. */
        changedAt: z.iso.datetime(),
      })
      .nullable()
      .default(null),
    /** Failed pulls in a row before this one. */
    failures: z.number().int().min(0).default(0),
  }),
]);

export type CheckSpec = z.infer<typeof checkSpec>;
type Secrets = 'secret' | 'auth' | 'values';
/** A check as a row keeps it: without the secret of a webhook, the access to a feed and credentials, which are sealed. */
export type StoredSpec = CheckSpec extends infer S ? (S extends CheckSpec ? Omit<S, Secrets> : never) : never;
export type CheckSpecOf<K extends CheckSpec['kind']> = Extract<CheckSpec, { kind: K }>;
export type DnsRecordSpec = z.infer<typeof dnsRecord>;
