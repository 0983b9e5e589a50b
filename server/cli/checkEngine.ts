/* What the command needs of the engine, as one module: it runs compiled, as in the threads of a server. */
export { validate } from '../submissions/validation/engine.ts';
export { readerRules } from '../submissions/validation/readerRules.ts';
export { repair } from '../submissions/validation/repair.ts';
export { ownTable, ruleSets } from '../submissions/validation/rules/registry.ts';
export { readTableSchema } from '../submissions/validation/rules/tableSchema.ts';
export { ruleSetOf } from '../submissions/validation/rules/tableSchemaSet.ts';
