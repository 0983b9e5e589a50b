import type { Cell } from './cell.ts';

/*
 * The contract of the validation engine. Readers (formats/) turn bytes into records of cells; rules (rules/) judge cells,
 * rows and whole files; the report gathers true counts and a few samples. Pure TypeScript on Web streams: the same code
 * runs in the server's worker threads, in the browser's worker and on the command line. No I/O in a rule, no clock, and
 * no rule throws: bad input is a finding, broken machinery an exception.
 */

/** ERROR blocks its row (or the file, where the rule's scope is FILE); WARNING and HINT never block. */
export type Severity = 'ERROR' | 'WARNING' | 'HINT';

/** The words of a published validator where one exists. */
export type Code =
  | 'validation_invalid_length'
  | 'validation_missing_value'
  | 'validation_invalid_enum'
  | 'validation_invalid_format'
  | 'validation_invalid_value'
  | 'validation_date_out_of_range'
  | 'validation_gtin_invalid_check_digit'
  | 'validation_gtin_prefix_not_allowed'
  | 'validation_duplicate'
  | 'validation_inconsistent'
  | 'validation_unreadable'
  | 'validation_unreachable';

/** What a message names: closed values and short excerpts; masked like samples where the column is personal. */
export type Params = Readonly<Record<string, string | number>>;

/** What rules judge by beside the file itself: fixed for the run and stated in its report. */
export type Judging = {
  /** The instant as of which dates are judged, ISO 8601 with Z. */
  readonly asOf: string;
  /** The same in milliseconds since 1970. */
  readonly asOfMs: number;
  /** A stricter or other reading of the same set ("prisjakt", "klaviyo"); null: the standard one. */
  readonly profile: string | null;
  /** What the person or the task declared: `currency`, `country` (default of phones), `dateOrder`, `verifiedHosts` (joined by blank)... */
  readonly declared: Readonly<Record<string, string>>;
};

type RuleHead = {
  /** Stable; stands in reports and links: `price.format`, `CSV-04`, `DNS-02.apex`. */
  readonly id: string;
  readonly severity: Severity;
  readonly code: Code;
  /** What of validation-rules.md it holds: `F0:CSV-04`, `F1:price`, `F2:order`, `F3:email`, `F1:*file*`. At least one. */
  readonly covers: readonly string[];
  /** Where it is written; `url` null when it is common knowledge. */
  readonly source: { readonly name: string; readonly url: string | null };
  /** Heading of the finding: what is wrong, without a full stop; `{param}` is filled in. */
  readonly title: string;
  /** What to do about it, one or two sentences with an example; `{param}` is filled in. */
  readonly advice: string;
  /** Profiles it belongs to; left out: all. */
  readonly profiles?: readonly string[];
  /** What its examples suppose to be declared. They are judged as of 2026-11-22, in the first of its profiles. */
  readonly exampleDeclares?: Readonly<Record<string, string>>;
};

/** Judges one column's cell by itself. */
export type CellRule = RuleHead & {
  readonly scope: 'CELL';
  /** Columns of the set that it judges. */
  readonly columns: readonly string[];
  /** Also asked of empty cells; otherwise an empty cell is none of its business (that a value is missing is its own rule). */
  readonly isForEmpty?: boolean;
  /** Asked only of cells with one of these bits (`Has`), and of empty ones where `isForEmpty`; left out: of all. */
  readonly onlyIf?: number;
  /**
   * One look for several rules of a column (the same function object in each): where it answers true, none of them finds
   * anything, and none is asked.
   */
  readonly healthy?: (cell: Cell, judging: Judging) => boolean;
  /** Null: nothing wrong. Looks at bytes; makes no string for a healthy cell. Hangs on nothing but the cell and `judging`. */
  readonly check: (cell: Cell, judging: Judging) => Params | null;
  /** The cell's text made right, or null where that cannot be done safely. What it answers passes `check`. */
  readonly fix?: (text: string, judging: Judging) => string | null;
  readonly accepted: readonly string[];
  readonly refused: readonly string[];
  /** Refused text -> what the fix makes of it; every fix has at least one. */
  readonly fixed?: Readonly<Record<string, string | null>>;
};

/** What a row or file rule found: `column` is where the mark stands (a column of the set), null: the whole row. */
export type Broken = { readonly column: string | null; readonly params: Params };

/** A row as text, for examples: column -> value; a column left out is not in the file. */
export type ExampleRow = Readonly<Record<string, string>>;

/** Judges several cells of one record. */
export type RowRule = RuleHead & {
  readonly scope: 'ROW';
  /** The columns it reads, in the order in which `check` gets their cells; a column that the file lacks is an empty cell. */
  readonly columns: readonly string[];
  /** Asked only when the file has all of these of its columns (none named: always); left out: when it has any. */
  readonly needs?: readonly string[];
  readonly check: (cells: readonly Cell[], judging: Judging) => Broken | null;
  /** The text of the column named in `Broken` made right. */
  readonly fix?: (texts: readonly string[], judging: Judging) => string | null;
  readonly accepted: readonly ExampleRow[];
  readonly refused: readonly ExampleRow[];
  readonly fixed?: readonly { readonly row: ExampleRow; readonly to: string | null }[];
};

/** What is known at the end of a file. */
export type Totals = {
  readonly rows: number;
  /** Of the set, in the order of the file. */
  readonly columns: readonly string[];
  /** Every column of the file, as its header spells it, in its order. */
  readonly matches: readonly ColumnMatch[];
};

/** What other files say, for rules across files. All optional: a rule without its facts is not asked. */
export type Known = {
  /** Of the last version that was accepted: how many rows, and their ids; no ids where there were too many to keep. */
  readonly accepted?: { readonly rows: number; readonly ids: IdSet };
  /** The ids of the accepted product feed. */
  readonly feedIds?: IdSet;
  /** Addresses of the suppression list. */
  readonly suppressed?: IdSet;
};

/** A set of ids by a hash of their bytes: `has` of a cell's bytes. */
export type IdSet = { has(bytes: Uint8Array, start: number, end: number): boolean; readonly size: number };

/** What a rule about a whole file remembers while the rows pass. Its memory has a bound, whatever the file's size. */
export type FileWatch = {
  /** Each record's cells, in the order of `columns`; what it answers is a finding at this row. */
  row(cells: readonly Cell[], row: number): Broken | null;
  /** Each record's cells as the file has them, used by the set or not: `count` of them, in the order of `Totals.matches`. */
  record?(cells: readonly Cell[], count: number): void;
  /** When all have passed: findings of the file itself (no row). */
  end(totals: Totals): readonly Broken[];
};

/** A table with an end: `most` values, and whether more came. */
export type Bounded = { readonly most: number; readonly isFull: boolean };

/** What the watches of one run remember together. */
export type Memory = {
  /** So many values at most are remembered of a column. */
  readonly most: number;
  /** One for all rules that ask by the same key, made for the first of them. */
  shared<T>(key: string, make: () => T): T;
  /** Takes note of a table of values of a column: `rows.compared` tells when it had no room for more. */
  bounded<T extends Bounded>(column: string, table: T): T;
  /** Columns of which not all values were remembered, and how many were. */
  full(): readonly { readonly column: string; readonly most: number }[];
};

/** Judges by what other rows hold: duplicates, shares, gaps. A new watch for each run. */
export type FileRule = RuleHead & {
  readonly scope: 'FILE';
  readonly columns: readonly string[];
  /** Asked only when the file has all of these; left out: when it has any of `columns` (or names none). */
  readonly needs?: readonly string[];
  /** What it says of a row blocks that row alone; what it says at the end speaks of the file. */
  readonly watch: (judging: Judging, known: Known, memory: Memory) => FileWatch | null;
  /** What it says at the end can be settled by the person: a key of `Judging.declared` that the report then asks for. */
  readonly asks?: string;
  /** Whole files, as rows; `known` as the test needs it. */
  readonly accepted: readonly FileExample[];
  readonly refused: readonly FileExample[];
};
export type FileExample = {
  readonly rows: readonly ExampleRow[];
  readonly previousIds?: readonly string[];
  readonly feedIds?: readonly string[];
  readonly suppressed?: readonly string[];
  /** `Limits.compared`, where the example needs a small one. */
  readonly compared?: number;
};

/** What the readers themselves find (encoding, dialect, headers, sizes): judged in formats/, described here. */
export type ReaderRule = RuleHead & {
  readonly scope: 'READER';
  /** It speaks of the file, of one row, or of one cell. */
  readonly of: 'FILE' | 'ROW' | 'CELL';
  /** As in `CellRule`; only where it speaks of a cell. */
  readonly fix?: (text: string, judging: Judging) => string | null;
  readonly fixed?: Readonly<Record<string, string | null>>;
  /** Whole files as text (or bytes) that do not break it, and that do. */
  readonly accepted: readonly (string | Uint8Array)[];
  readonly refused: readonly (string | Uint8Array)[];
};

export type Rule = CellRule | RowRule | FileRule | ReaderRule;

/** A column that a set knows. */
export type Column = {
  readonly name: string;
  /** What people call it, where that is another word. */
  readonly title?: string;
  /** Other headers that mean it, in lower case with `_` for blanks and dashes. */
  readonly synonyms: readonly string[];
  /** The file is refused without it. One of several: `oneOf` names the others that do instead. */
  readonly isRequired: boolean;
  readonly oneOf?: readonly string[];
  /** Personal data: shown masked in every finding. */
  readonly isPersonal?: boolean;
  /** Several values in one cell (or repeated elements), parted by `,`. */
  readonly isMany?: boolean;
};

/** Everything that one kind of file is judged by. */
export type RuleSet = {
  /** `product-feed`, `order-history`, `subscriber-list`... */
  readonly key: string;
  readonly name: string;
  readonly profiles: readonly string[];
  readonly columns: readonly Column[];
  readonly rules: readonly Rule[];
  /** The column whose value names the record, for cross-file rules and the diff between versions. */
  readonly idColumn: string | null;
  /** XML: the element that is a record, besides RSS `item` and Atom `entry`. */
  readonly recordElements?: readonly string[];
  /** Headers by which an export of a shop platform is recognised, and how it maps. Looked at before the synonyms. */
  readonly exports?: readonly ExportShape[];
};

/** A shop platform's own product export, which maps itself. */
export type ExportShape = {
  readonly platform: string;
  /** Source headers (folded: lower case, `_` for blanks and dashes) that must all be there. */
  readonly recognisedBy: readonly string[];
  /** Column of the set <- source header (folded). */
  readonly map: Readonly<Record<string, string>>;
  /**
   * The cell that the rules judge, made of the record's source values: prices that need a currency, variants that
   * inherit from the row above (`above` is the last record that stood for itself). Null: the record is no item of its
   * own (one more picture of the one above) and is not judged. Left out: the mapped cell as it is. A column that it leaves
   * out is judged as the mapped cell is.
   */
  readonly derive?: (
    source: ReadonlyMap<string, string>,
    above: ReadonlyMap<string, string> | null,
    judging: Judging,
  ) => ExampleRow | null;
  /** The source header (folded) that is filled in records that stand for themselves alone; left out: each does. */
  readonly own?: string;
  /** What has to be asked of the person once: keys of `Judging.declared` (`currency`). */
  readonly asks?: readonly string[];
};

export type Sample = {
  /** From 1, the first record behind the header; null: the file as a whole. */
  row: number | null;
  /** The physical line on which the record begins, from 1; null where there are none. */
  line: number | null;
  /** As the file's header spells it. */
  column: string | null;
  /** At most 200 characters; masked where personal; control characters shown as pictures (U+2400...). */
  value: string | null;
  /** The rule's advice with this sample's values. */
  message: string;
  /** What the fix would make of it; null: no fix. */
  fixed: string | null;
};

export type Finding = {
  rule: string;
  code: Code;
  severity: Severity;
  /** FILE: speaks of the file as a whole. */
  scope: 'FILE' | 'ROW' | 'CELL';
  column: string | null;
  title: string;
  /** Of the first sample. */
  message: string;
  source: { name: string; url: string | null };
  /** How often, in truth; samples are at most 100 of them. */
  count: number;
  /** How many of them its fix can repair. */
  fixable: number;
  samples: Sample[];
};

export type Verdict = 'ACCEPTED' | 'ACCEPTED_WITH_WARNINGS' | 'REJECTED';

export type ColumnMatch = {
  /** As the file spells it. */
  source: string;
  /** The set's column; null: ignored. */
  column: string | null;
  how: 'EXACT' | 'CASE' | 'SYNONYM' | 'EXPORT' | 'CHOSEN' | 'IGNORED';
};

export type FileFacts = {
  name: string;
  /** Bytes read as they came, and after decompression. */
  sizeBytes: number;
  decodedBytes: number;
  compression: 'NONE' | 'GZIP' | 'ZIP';
  format: 'DELIMITED' | 'XML' | 'JSON' | 'JSON_LINES' | 'UNKNOWN';
  encoding: string;
  hasBom: boolean;
  dialect: { delimiter: string; quote: string; lineEnd: 'LF' | 'CRLF' | 'CR' | 'MIXED'; isDeclared: boolean } | null;
  /** The platform whose export it is. */
  platform: string | null;
};

export type Report = {
  /** Of the report's shape. */
  version: 1;
  rules: string;
  profile: string | null;
  asOf: string;
  file: FileFacts;
  columns: ColumnMatch[];
  /** Keys of `Judging.declared` that the file needs and nobody declared: asked of the person. */
  asks: string[];
  /** Records, and how many of them have no error. */
  rows: number;
  valid: number;
  /** Share of valid rows from which the file is accepted, 0 to 1. */
  threshold: number;
  verdict: Verdict;
  /** False: it could not be read to its end. */
  isReadable: boolean;
  /** By severity, then by count, then by rule id and column: the order is part of the report. */
  findings: Finding[];
};

/** Counts so far, and the worst of what was found so far, each with one sample; `findingCount` is how many there are. */
export type Progress = {
  bytes: number;
  rows: number;
  errors: number;
  warnings: number;
  findingCount: number;
  findings: Finding[];
};

export type Options = {
  rules: RuleSet;
  /** The file's name, for its extension. */
  name: string;
  /** ISO 8601 instant. */
  asOf: string;
  profile?: string | null;
  declared?: Readonly<Record<string, string>>;
  /** What the person chose for headers of the file: a column of the set, or null to ignore. */
  mapping?: Readonly<Record<string, string | null>>;
  delimiter?: string;
  encoding?: string;
  /** 0 to 1; 0.95 unless said. */
  threshold?: number;
  known?: Known;
  signal?: AbortSignal;
  /** At most 4 times a second by `nowMs`. */
  onProgress?: (progress: Progress) => void;
  /** A clock for the progress alone; without one there is no progress. */
  nowMs?: () => number;
  /** A quicker check of UTF-8 where the host has one (Node's `isUtf8`). */
  isUtf8?: (bytes: Uint8Array) => boolean;
  /** Called with each row's id as it passes, for the next version's comparison. */
  onId?: (bytes: Uint8Array, start: number, end: number) => void;
  /** Called with every row that is an item of its own and has no error: its cells are good until the next row is read. */
  onValid?: (row: ValidRow, place: { readonly row: number; readonly line: number }) => void;
  /** Told of every fault of a row: the memory by which the next version says what was fixed (`delta.ts`). */
  faults?: { add(rule: string, column: string | null, bytes: Uint8Array, start: number, end: number): void };
  /** Limits; the defaults are the product's. */
  limits?: Partial<Limits>;
};

/** A row without an error, by the columns of the set; a column that the file lacks is at -1, where an empty cell stands. */
export type ValidRow = { position(column: string): number; cellAt(position: number): Cell };

export type Limits = {
  recordBytes: number;
  columns: number;
  /** Decompressed to compressed, from 1 MB on; and the most that comes out. */
  ratio: number;
  decodedBytes: number;
  samples: number;
  /** Values of a column that are remembered to compare later rows with. */
  compared: number;
};
