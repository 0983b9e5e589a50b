import { z } from 'zod';

/*
 * What a task may ask for, as playbooks write it and `task_inputs.spec` stores it: typed data, so that a form, a check
 * and a third party read the same. On line 1: no I/O, no database.
 */
const key = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);
const label = z.string().trim().min(1).max(200);
const help = z.string().trim().max(1000).default('');

/** An information item that an account has or has not: `shop.domain`. It stands in events, so it is never a person's words. */
export const factKey = z.string().regex(/^[a-z][A-Za-z]{0,29}\.[a-z][A-Za-z]{0,29}$/);

const question = z.strictObject({
  key,
  label,
  help,
  kind: z.enum(['TEXT', 'LONG_TEXT', 'NUMBER', 'CHOICE', 'CHOICES', 'DATE', 'YES_NO']),
  isRequired: z.boolean().default(true),
  /** Of CHOICE and CHOICES. */
  options: z.array(z.strictObject({ key, label })).max(50).default([]),
  /** Bounds of a NUMBER. */
  min: z.number().nullable().default(null),
  max: z.number().nullable().default(null),
  /** Asked only when an earlier question has this answer: an option's key, `yes` or `no`. */
  when: z.strictObject({ question: key, is: z.string() }).nullable().default(null),
  /** Of a text: what is known of the account under this name is confirmed instead of asked, and the answer is kept there. */
  fact: factKey.optional(),
});
export type Question = z.infer<typeof question>;

/** Text that a database keeps inside JSON: without NUL. */
const kept = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/, 'A text holds a NUL');
const cellValue = z.union([kept(200), z.number(), z.boolean()]);
const limit = z.union([z.number(), kept(100)]);
const columnNames = z.array(kept(100)).max(10);

/**
 * A table of columns as a template's author writes it, in the words of Frictionless Table Schema: the part of it that we
 * judge by. Its shape alone: names may still be empty and limits contradict each other until the template is published.
 */
export const tableShape = z.strictObject({
  $schema: kept(500).optional(),
  name: kept(100).optional(),
  title: kept(200).optional(),
  description: kept(2_000).optional(),
  fields: z
    .array(
      z.strictObject({
        name: kept(100),
        title: kept(200).optional(),
        description: kept(2_000).optional(),
        example: cellValue.optional(),
        type: z.enum(['string', 'integer', 'number', 'boolean', 'date', 'datetime', 'time', 'year', 'any']).optional(),
        format: kept(60).optional(),
        trueValues: z.array(kept(100)).max(20).optional(),
        falseValues: z.array(kept(100)).max(20).optional(),
        constraints: z
          .strictObject({
            required: z.boolean().optional(),
            unique: z.boolean().optional(),
            pattern: kept(200).optional(),
            enum: z.array(cellValue).max(500).optional(),
            minimum: limit.optional(),
            maximum: limit.optional(),
            minLength: z.int().min(0).max(1_000_000).optional(),
            maxLength: z.int().min(0).max(1_000_000).optional(),
          })
          .optional(),
      }),
    )
    .max(200),
  missingValues: z.array(kept(100)).max(20).optional(),
  primaryKey: z.union([kept(100), columnNames]).optional(),
});
export type TableShape = z.infer<typeof tableShape>;

/** What a file is judged by once it is handed in. */
export const fileCheck = z.strictObject({
  /** Key of a set of rules. */
  rules: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  /** A stricter or other reading of the same set; null: the standard one. */
  profile: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
    .nullable()
    .default(null),
  /** Share of valid rows from which the file is accepted. */
  threshold: z.number().min(0).max(1).default(0.95),
  /** What is known beforehand and would otherwise be asked: `currency`, `country`... */
  declared: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/), z.string().trim().min(1).max(200)).default({}),
  /** The author's own table of columns, which is what the rules `own-table` are made of. */
  table: tableShape.nullable().optional(),
});
export type FileCheck = z.infer<typeof fileCheck>;

/*
 * What a check looks at, as far as the playbook says it; the client gives the subject: its domain, an address, pages.
 */
const name = z.string().trim().max(300);
const names = z.array(name).max(20).default([]);
/** Relative to the client's domain, as the form of a DNS provider asks for it: `em`, `k1._domainkey`; `@` is the domain itself. */
const relativeName = z.string().regex(/^(@|[A-Za-z0-9_]([\w.-]{0,198}\w)?)$/);

/** How much of its parts has to be there: all of it where it is used, nothing yet while it is written. */
type Asks = { relative: z.ZodString; script: z.ZodString; attribute: z.ZodString; least: 0 | 1 };

function recordAsking({ relative, least }: Asks) {
  return z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('CNAME'), name: relative, target: name.min(least) }),
    z.strictObject({ type: z.literal('TXT'), name: relative, value: z.string().min(least).max(2_000) }),
    z.strictObject({ type: z.literal('CAA'), name: relative, issuer: name.min(least) }),
    z.strictObject({ type: z.literal('SPF'), includes: names }),
    z.strictObject({
      type: z.literal('DKIM'),
      selector: relative,
      key: z.string().max(4_000).nullable().default(null),
    }),
    z.strictObject({
      type: z.literal('DMARC'),
      signer: name.nullable().default(null),
      returnPath: name.nullable().default(null),
    }),
    z.strictObject({
      type: z.literal('BULK'),
      messagesPerDay: z.int().min(0),
      selectors: z.array(relative).max(20).default([]),
    }),
  ]);
}
export type WantedRecord = z.infer<ReturnType<typeof recordAsking>>;

export const checkPageTypes = ['HOME', 'CATEGORY', 'PRODUCT', 'CART', 'CONFIRMATION', 'OTHER'] as const;
export const checkImageUses = [
  'square-logo',
  'wide-logo',
  'email-logo',
  'banner',
  'product',
  'apparel',
  'bimi',
] as const;

function wantedAsking(asks: Asks) {
  const attribute = asks.attribute.nullable().default(null);
  return z.discriminatedUnion('of', [
    z.strictObject({ of: z.literal('DNS'), records: z.array(recordAsking(asks)).min(asks.least).max(20) }),
    z.strictObject({
      of: z.literal('URL'),
      /** Begins of content types: `text/html`. */
      types: z.array(z.string().max(100)).max(10).default([]),
      hosts: names,
      environment: z.enum(['PRODUCTION', 'STAGING']).nullable().default(null),
    }),
    z.strictObject({
      of: z.literal('TAG'),
      /** A part of its address that no other script has. */
      script: asks.script,
      accountId: z.string().min(asks.least).max(200).nullable().default(null),
      /** Of which kinds of pages an address is asked for, at least one of each. */
      pageTypes: z.array(z.enum(checkPageTypes)).min(asks.least).max(6).default(['HOME', 'PRODUCT']),
      scriptOrigins: names,
      connectOrigins: names,
      imageOrigins: names,
      needsConsent: z.boolean().default(false),
      isPinned: z.boolean().default(false),
      /** Under which names pages send these; null: they are not sent. */
      names: z
        .strictObject({ pageType: attribute, productId: attribute, currency: attribute, price: attribute })
        .prefault({}),
    }),
    z.strictObject({ of: z.literal('WEBHOOK') }),
    z.strictObject({ of: z.literal('SITEMAP') }),
    z.strictObject({ of: z.literal('IMAGE'), use: z.enum(checkImageUses) }),
  ]);
}

export const checkWanted = wantedAsking({
  relative: relativeName,
  script: z.string().min(4).max(300),
  attribute: z.string().regex(/^[\w.$-]{1,80}$/),
  least: 1,
});
/** The same while a template's author writes it. */
export const draftWanted = wantedAsking({
  relative: z.string().max(200),
  script: z.string().max(300),
  attribute: z.string().max(80),
  least: 0,
});
export type CheckWanted = z.infer<typeof checkWanted>;

/** Whose interface credentials are for, as far as one harmless call can tell whether they work. */
export const credentialsPlatforms = ['SHOPIFY', 'MAGENTO', 'WOOCOMMERCE', 'PRESTASHOP', 'BIGCOMMERCE', 'VTEX'] as const;
export type CredentialsPlatform = (typeof credentialsPlatforms)[number];

/** The fields that the call takes, by key, and whether its answer tells the rights that were granted. */
export const credentialsCalls: Readonly<
  Record<CredentialsPlatform, { readonly fields: readonly string[]; readonly tellsScopes: boolean }>
> = {
  SHOPIFY: { fields: ['address', 'token'], tellsScopes: true },
  MAGENTO: { fields: ['address', 'token'], tellsScopes: false },
  WOOCOMMERCE: { fields: ['address', 'consumerKey', 'consumerSecret'], tellsScopes: false },
  PRESTASHOP: { fields: ['address', 'key'], tellsScopes: true },
  BIGCOMMERCE: { fields: ['storeHash', 'token'], tellsScopes: false },
  VTEX: { fields: ['account', 'appKey', 'appToken'], tellsScopes: false },
};

const credentialsTest = z.strictObject({
  platform: z.enum(credentialsPlatforms),
  /** Rights that are needed, as the platform names them: `read_products`, `products:get`. */
  scopes: z
    .array(z.string().regex(/^[a-z][a-z_:]{1,79}$/))
    .max(40)
    .default([]),
});
export type CredentialsTest = z.infer<typeof credentialsTest>;
/** Of CREDENTIALS: they are tried once they are handed in; left out or null: by nobody but a person. */
export const testOfCredentials = credentialsTest.nullable().optional();

/** Of a field of CREDENTIALS; left out: it must be given. */
export const fieldIsRequired = z.boolean().optional();

export function isFieldRequired({ isRequired }: { isRequired?: boolean | undefined }): boolean {
  return isRequired !== false;
}

/** How often it is looked again, also after the task is done; null: when somebody asks. */
export const everyMinutes = z
  .int()
  .min(5)
  .max(7 * 24 * 60)
  .nullable()
  .default(null);

export const inputSpec = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('FILE'),
    acceptedExtensions: z.array(z.string().regex(/^\.[a-z0-9]+$/)).min(1),
    /** Left out or null: nothing but a person looks at it. */
    check: fileCheck.nullable().optional(),
  }),
  z.strictObject({
    kind: z.literal('URL'),
    /** The address is that of a feed, fetched and judged by these; left out or null: a person looks at it. */
    check: fileCheck.nullable().optional(),
    everyMinutes: everyMinutes.optional(),
  }),
  z.strictObject({ kind: z.literal('FORM'), questions: z.array(question).min(1).max(40) }),
  z.strictObject({
    kind: z.literal('CREDENTIALS'),
    fields: z
      .array(z.strictObject({ key, label, isSecret: z.boolean(), isRequired: fieldIsRequired }))
      .min(1)
      .max(12),
    test: testOfCredentials,
  }),
  z.strictObject({
    kind: z.literal('APPROVAL'),
    /** What is agreed to, in one sentence. */
    statement: label,
    /** Key of the task whose latest submission is approved; null: the text of this task itself. */
    ofTask: key.nullable().default(null),
  }),
  z.strictObject({ kind: z.literal('MEETING'), minutes: z.int().min(5).max(480) }),
  z.strictObject({ kind: z.literal('CHECK'), check: checkWanted, everyMinutes }),
]);
/** What one input needs, by its kind. */
export type InputSpec = z.infer<typeof inputSpec>;
export type InputKind = InputSpec['kind'];

export type CredentialField = Extract<InputSpec, { kind: 'CREDENTIALS' }>['fields'][number];

/** One input as a playbook writes it. */
export const inputSource = z.strictObject({ key, label, isRequired: z.boolean().default(true), spec: inputSpec });
export type InputSource = z.infer<typeof inputSource>;

/** One answer of a form, as it is stored: the value that its question's kind holds. */
export type Answer = { question: string } & (
  | { kind: 'TEXT' | 'LONG_TEXT'; text: string }
  | { kind: 'NUMBER'; number: number }
  | { kind: 'CHOICE' | 'CHOICES'; options: string[] }
  | { kind: 'DATE'; date: string }
  | { kind: 'YES_NO'; isYes: boolean }
);
