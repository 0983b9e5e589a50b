type Params = Record<string, string | number>;

/** What the command line says. */
export const cli = {
  about: () => 'Slipway from the command line.',
  schema: () => 'Write schema.graphql as the code has it.',
  migrate: () => 'Bring the database up to this version.',
  check: {
    about: () => 'Check a file as the product does. Exit 0: fine, 1: findings that block, 2: it could not be read.',
    file: () => 'the file; - for standard input',
    rules: (params: Params) => `what it is judged as: ${params.keys}`,
    profile: () => 'a stricter or other reading of the same rules',
    json: () => 'print the whole report as JSON',
    fix: () => 'write the file with everything repaired that can be',
    listRules: () => 'print id, severity, source and whether it can be fixed, of every rule',
    asOf: () => 'the day or instant as of which dates are judged; now unless said',
    declare: () => 'say what the file does not: currency=EUR, country=DE; may be repeated',
    threshold: () => 'share of valid rows from which the file is accepted, 0 to 1',
    noFile: () => 'Name a file to check, or --list-rules.',
    schema: () => 'a table of columns to judge by (Table Schema, JSON), instead of --rules',
    schemaTooLarge: (params: Params) => `a schema is a file of up to ${params.mb} MB`,
    schemaProblem: (params: Params) => `${params.name}: ${params.path}: ${params.message}`,
    schemaUnused: (params: Params) => `${params.name}: ${params.path} is not used`,
    unknownRules: (params: Params) => `There are no rules "${params.key}". Use one of: ${params.keys}.`,
    badDeclaration: (params: Params) => `Write what is declared as key=value, not "${params.text}".`,
    badAsOf: (params: Params) => `"${params.text}" is no day (2026-11-01) and no instant (2026-11-01T12:00:00Z).`,
    badThreshold: (params: Params) => `The threshold is a number from 0 to 1, not "${params.text}".`,
    notRead: (params: Params) => `${params.name} could not be read: ${params.reason}`,
    verdict: (params: Params) => `${params.valid} of ${params.rows} rows are ready. ${params.verdict}`,
    finding: (params: Params) => `${params.severity}  ${params.title}: ${params.count}  [${params.rule}]`,
    sample: (params: Params) => `    ${params.place}  ${params.value}`,
    row: (params: Params) => `row ${params.row}`,
    line: (params: Params) => `line ${params.line}`,
    column: (params: Params) => `${params.column}`,
    fixElsewhere: () =>
      'A repaired file is written beside a file that is read twice: give --fix another name, and FILE no -.',
    repaired: (params: Params) => `Repaired ${params.count} cells and wrote ${params.path}.`,
  },
};
