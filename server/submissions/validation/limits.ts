import type { Limits } from './types.ts';

const MiB = 1024 * 1024;

/** The product's limits; `Options.limits` changes them for tests and profiles. */
export const productLimits: Limits = {
  recordBytes: MiB,
  columns: 10_000,
  ratio: 200,
  decodedBytes: 20 * 1024 * MiB,
  samples: 100,
  compared: 3_000_000,
};

/** Bytes of a file over which an importer refuses it, by profile: CSV-11 warns. */
export const profileBytes: Readonly<Record<string, number>> = {
  algolia: 100_000_000,
  klaviyo: 50_000_000,
};
