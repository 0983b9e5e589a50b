import type { Config } from '../../server/config.ts';

/** One key for the whole run: what the sample sealed must open in every copy of it. */
export const testKey = Buffer.alloc(32, 'slipway-tests').toString('base64url');

/** How the tests configure an app: a port of its own, the given folder and database, silence. TEST_LOG=debug to hear it. */
export function testConfig(dataDir: string, databaseUrl: string | null): Config {
  return {
    dataDir,
    databaseUrl,
    port: 0,
    host: '127.0.0.1',
    publicUrl: null,
    trustProxy: 0,
    masterKey: testKey,
    smtpUrl: null,
    mailFrom: 'Slipway <slipway@localhost>',
    sampleData: false,
    maxUploadBytes: 10_000_000_000,
    maxAccountBytes: 50_000_000_000,
    maxUploadsAnHour: 2_000,
    threads: 1,
    fetchPorts: [],
    // No test asks the world.
    dnsResolvers: ['127.0.0.1:9'],
    chromiumPath: null,
    // Nor does any but those about it look behind the rows of a feed.
    linkSamples: 0,
    // Nor at the shops of its accounts.
    websitePages: 0,
    logLevel: process.env.TEST_LOG ?? 'silent',
  };
}
