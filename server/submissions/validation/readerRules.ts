import { delimitedRules, fileRules } from './formats/rules.ts';
import { encodingRules, packingRules } from './formats/rulesOfBytes.ts';
import { jsonRules, xmlRules } from './formats/rulesOfRecords.ts';
import type { ReaderRule } from './types.ts';

/** Every rule that readers, stages and the engine itself tell of, by id. */
export const readerRules: ReadonlyMap<string, ReaderRule> = new Map(
  [...delimitedRules, ...fileRules, ...encodingRules, ...packingRules, ...xmlRules, ...jsonRules].map((rule) => [
    rule.id,
    rule,
  ]),
);
