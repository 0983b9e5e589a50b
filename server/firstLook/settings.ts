import { z } from 'zod';

/*
 * What can be changed of a mock, by a client as a suggestion and by the company as what it begins with. The values go
 * out as data to whoever sets the real product up.
 */

export const settingsLimits = {
  results: { least: 4, most: 48 },
  groups: 100,
  words: { least: 2, most: 10 },
  characters: 60,
  boosts: 50,
  factor: { least: 0.1, most: 10 },
  valueCharacters: 200,
} as const;

/** Text that a database keeps inside JSON: without NUL. Halves of characters no request brings so far. */
const kept = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\0]*$/);
const word = kept(settingsLimits.characters);
const boost = z.strictObject({
  field: z.enum(['BRAND', 'CATEGORY', 'ID']),
  value: kept(settingsLimits.valueCharacters),
  factor: z.number().min(settingsLimits.factor.least).max(settingsLimits.factor.most),
});

export const settingsValues = z.strictObject({
  layout: z.enum(['GRID', 'LIST']),
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .transform((colour) => colour.toLowerCase())
    .nullable(),
  results: z.number().int().min(settingsLimits.results.least).max(settingsLimits.results.most),
  synonyms: z
    .array(z.array(word).min(settingsLimits.words.least).max(settingsLimits.words.most))
    .max(settingsLimits.groups),
  boosts: z.array(boost).max(settingsLimits.boosts),
});
export type SettingsValues = z.infer<typeof settingsValues>;
export type Boost = SettingsValues['boosts'][number];

/** What a mock begins with where nobody said anything. */
export const plainSettings: SettingsValues = { layout: 'GRID', accent: null, results: 12, synonyms: [], boosts: [] };

/** The field that is wrong, as a path; null when all is well. */
export function settingsProblem(values: unknown): string | null {
  const [issue] = settingsValues.safeParse(values).error?.issues ?? [];
  return issue ? ['values', ...issue.path].join('.') : null;
}

/** What stands in a row; rows of an earlier form begin anew. */
export function settingsFrom(row: unknown): SettingsValues {
  return settingsValues.safeParse(row).data ?? plainSettings;
}
