import { accessSync, constants } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** A list parted by commas; what is between may be left out. */
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
/** An IPv4 or bracketed IPv6 address with a port or without, a bare IPv6 address, or the machine's own. */
const resolver = z
  .string()
  .regex(/^(system|\d{1,3}(\.\d{1,3}){3}(:\d{1,5})?|\[[0-9a-f:]+\](:\d{1,5})?|[0-9a-f]*:[0-9a-f:]+)$/i);

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return isAbsolute(path);
  } catch {
    return false;
  }
}

const environment = z.object({
  DATA_DIR: z.string().min(1).default('.slipway'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  HOST: z.string().min(1).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  MASTER_KEY: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}=?$/)
    .optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().min(3).default('Slipway <slipway@localhost>'),
  SAMPLE_DATA: flag.optional(),
  MAX_UPLOAD_BYTES: z.coerce.number().int().min(1).max(10_000_000_000).default(10_000_000_000),
  THREADS: z.coerce.number().int().min(1).max(16).optional(),
  FETCH_PORTS: list
    .transform((ports) => ports.map(Number))
    .pipe(z.array(z.number().int().min(1).max(65535)).max(20))
    .optional(),
  DNS_RESOLVERS: list.pipe(z.array(resolver).min(1).max(5)).default(['system', '1.1.1.1', '8.8.8.8']),
  CHROMIUM_PATH: z.string().refine(isProgram, 'no program that may be run here').optional(),
  MAX_ACCOUNT_BYTES: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).default(50_000_000_000),
  MAX_UPLOADS_PER_HOUR: z.coerce.number().int().min(1).max(1_000_000).default(2_000),
  LINK_SAMPLES: z.coerce.number().int().min(0).max(100).default(20),
  WEBSITE_PAGES: z.coerce.number().int().min(0).max(50).default(50),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
});

export const environmentNames = Object.keys(environment.shape);

export type Config = {
  /** Absolute. Holds the embedded database, blobs, uploads under way, mail and the master key. */
  dataDir: string;
  /** Null: the embedded database. */
  databaseUrl: string | null;
  port: number;
  host: string;
  /** Where people reach Slipway; null: http://localhost:PORT. Links in mails use nothing else. */
  publicUrl: string | null;
  /** How many proxies in front may be believed about X-Forwarded-*. */
  trustProxy: number;
  masterKey: string | null;
  smtpUrl: string | null;
  mailFrom: string;
  /** Load the sample company into an empty database. On by default when embedded. */
  sampleData: boolean;
  maxUploadBytes: number;
  /** What the files of one account may take together. */
  maxAccountBytes: number;
  /** How many files one person may begin to upload within an hour. */
  maxUploadsAnHour: number;
  /** Ports that addresses given by people may name, besides 80 and 443. */
  fetchPorts: number[];
  /** Name servers that DNS checks ask. `system` is asked when no other answers. */
  dnsResolvers: string[];
  /** A Chromium that runs the pages of tag checks; null: they are judged by their HTML. */
  chromiumPath: string | null;
  /** How many links, and how many pictures, of a feed are looked at after its verdict; 0: none. */
  linkSamples: number;
  /** How many pages of a shop are read for a first look without a feed, at most; 0: none, and no shop is asked. */
  websitePages: number;
  /** How many threads check files, besides the main one. */
  threads: number;
  logLevel: string;
};

/** The environment, parsed and checked once. Throws `ConfigError` that names every wrong variable. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const filled = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(filled);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  const read = parsed.data;
  const isEmbedded = read.DATABASE_URL === undefined;
  const sampleData = read.SAMPLE_DATA ?? isEmbedded;
  if (!isEmbedded && read.MASTER_KEY === undefined) {
    throw new ConfigError(['MASTER_KEY: needed with DATABASE_URL; 32 random bytes in base64url']);
  }
  return {
    dataDir: resolve(read.DATA_DIR),
    databaseUrl: read.DATABASE_URL ?? null,
    port: read.PORT,
    host: read.HOST ?? (isEmbedded && sampleData ? '127.0.0.1' : '0.0.0.0'),
    publicUrl: read.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    trustProxy: read.TRUST_PROXY,
    masterKey: read.MASTER_KEY ?? null,
    smtpUrl: read.SMTP_URL ?? null,
    mailFrom: read.MAIL_FROM,
    sampleData,
    maxUploadBytes: read.MAX_UPLOAD_BYTES,
    maxAccountBytes: read.MAX_ACCOUNT_BYTES,
    maxUploadsAnHour: read.MAX_UPLOADS_PER_HOUR,
    threads: read.THREADS ?? Math.min(4, Math.max(1, availableParallelism() - 1)),
    fetchPorts: read.FETCH_PORTS ?? [],
    dnsResolvers: read.DNS_RESOLVERS,
    chromiumPath: read.CHROMIUM_PATH ?? null,
    linkSamples: read.LINK_SAMPLES,
    websitePages: read.WEBSITE_PAGES,
    logLevel: read.LOG_LEVEL,
  };
}

export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
  }
}
