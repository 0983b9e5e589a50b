import { isEmail, normalEmail } from '../../accounts/commands.ts';
import { checkedExternalId, normalExternalId } from '../../accounts/externalIds/commands.ts';
import type { AccountRow } from '../../accounts/queries.ts';
import { ActError } from '../../platform/graphql/errors.ts';
import type { UserError } from '../../platform/graphql/payload.ts';
import { checkedWebsite, type KnownFact, type ProjectRow } from '../../projects/commands.ts';
import { words } from '../../words/en.ts';
import { isTimeZone } from '../projectCreate.ts';
import { byProducts } from '../projectPlan.ts';
import type { TemplateRow } from '../queries.ts';
import {
  dayOf,
  folded,
  type ListColumn,
  type ListField,
  lineOf,
  partsOf,
  platformNamed,
  productNamed,
} from './columns.ts';
import { hostOf, type ListGround, type ListPerson, type Named } from './queries.ts';

export type ListDefaults = { signedOn: string; isDraft: boolean; viewerId: string };
export type ExternalId = { system: string; externalId: string };
/** READY: can be made. STANDS: such a project is there. REFUSED: something has to be mended first. */
export type RowState = 'READY' | 'STANDS' | 'REFUSED';
type Contact = { email: string; name: string };

export type JudgedRow = {
  state: RowState;
  problems: UserError[];
  /** As it would be: of the account that is there, else as the row says. */
  accountName: string;
  account: AccountRow | null;
  website: string | null;
  timeZone: string;
  platform: ProjectRow['platform'] | null;
  products: ProjectRow['products'];
  templates: readonly TemplateRow[];
  name: string | null;
  pm: ListPerson | null;
  signedOn: string;
  targetOn: string | null;
  externalId: ExternalId | null;
  handOver: KnownFact[];
  /** Who gets a mail; null: nobody, as nobody is named or they are here or invited already. */
  contact: Contact | null;
  standing: ListGround['projects'][number] | null;
};

const mostNameCharacters = 120;
const mostFactCharacters = 4000;
const fallbackSystem = 'crm';
/** Fields of several values, which may stand in a line each. */
const ofSeveral: readonly ListField[] = ['PRODUCTS', 'TEMPLATES'];

/** The texts of a row by what their columns are, and where a problem with one is told. */
export class RowCells {
  constructor(
    readonly columns: readonly ListColumn[],
    readonly cells: readonly string[],
  ) {}

  text(field: ListField): string {
    const at = this.#at(field);
    const text = at < 0 ? '' : (this.cells[at] ?? '');
    return ofSeveral.includes(field) ? text.trim() : lineOf(text);
  }

  column(field: ListField): string | null {
    return this.columns[this.#at(field)]?.name ?? null;
  }

  facts(): { column: string; key: string; value: string }[] {
    return this.columns.flatMap(({ name, field, fact, isDouble }, at) => {
      const value = (this.cells[at] ?? '').replaceAll('\0', '').trim();
      return field === 'FACT' && fact && !isDouble && value !== '' ? [{ column: name, key: fact, value }] : [];
    });
  }

  externalId(): ExternalId | null {
    const externalId = normalExternalId(this.text('EXTERNAL_ID'));
    if (externalId === '') return null;
    const system = this.columns[this.#at('EXTERNAL_ID')]?.system ?? this.text('EXTERNAL_SYSTEM');
    return { system: system.toLowerCase() || fallbackSystem, externalId };
  }

  #at(field: ListField): number {
    return this.columns.findIndex((one) => one.field === field && !one.isDouble);
  }
}

/** What rows name, for one look at the database. */
export function namedIn(rows: readonly RowCells[]): Named {
  const all = (take: (row: RowCells) => (string | null | undefined)[]) => [
    ...new Set(rows.flatMap(take).filter((text): text is string => Boolean(text))),
  ];
  return {
    accounts: all((row) => [row.text('ACCOUNT'), row.text('ACCOUNT').toLowerCase()]),
    hosts: all((row) => [hostOf(websiteOf(row) ?? '')]),
    externalIds: all((row) => [row.externalId()?.externalId]),
    emails: all((row) => [normalEmail(row.text('CONTACT_EMAIL'))]),
  };
}

function websiteOf(row: RowCells): string | null {
  try {
    return checkedWebsite(row.text('WEBSITE'));
  } catch (error) {
    if (error instanceof ActError) return null;
    throw error;
  }
}

/** What a row would make, or all that keeps it from it: every problem of it at once, each with its column. */
export function judgeRow(row: RowCells, ground: ListGround, defaults: ListDefaults): JudgedRow {
  const problems: UserError[] = [];
  const refuse = (field: ListField, code: UserError['code'], message: string) =>
    problems.push({ code, field: row.column(field), message });
  if (row.cells.length !== row.columns.length) {
    const counts = { cells: row.cells.length, columns: row.columns.length };
    problems.push({ code: 'OUT_OF_BOUNDS', field: null, message: words.list.cells(counts) });
  }
  const { account, externalId } = accountOf(row, ground, refuse);
  const website = account ? account.website : newWebsite(row, refuse);
  const what = whatOf(row, ground, refuse);
  const { signedOn, targetOn } = daysOf(row, defaults, refuse);
  const wantedName = row.text('PROJECT_NAME');
  if ([...wantedName].length > mostNameCharacters) {
    refuse('PROJECT_NAME', 'TOO_LONG', words.list.tooLong({ max: mostNameCharacters }));
  }
  const facts = row.facts();
  for (const { column, value } of facts) {
    if ([...value].length <= mostFactCharacters) continue;
    problems.push({ code: 'TOO_LONG', field: column, message: words.list.tooLong({ max: mostFactCharacters }) });
  }
  const timeZone = row.text('TIME_ZONE') || ground.timeZone;
  if (!account && !isTimeZone(timeZone)) refuse('TIME_ZONE', 'INVALID_TIME_ZONE', words.list.timeZone());
  const pm = pmOf(row, ground, defaults.viewerId, refuse);
  const contact = contactOf(row, ground, account, refuse);
  const standing = account && what.platform ? standingOf(ground, account.id, what.platform, what.products) : null;
  const isRefused = problems.length > 0;
  return {
    state: isRefused ? 'REFUSED' : standing ? 'STANDS' : 'READY',
    problems,
    accountName: account?.name ?? row.text('ACCOUNT'),
    account,
    website,
    timeZone: account?.timeZone ?? timeZone,
    ...what,
    name: wantedName || null,
    pm,
    signedOn,
    targetOn,
    externalId,
    handOver: facts.map(({ key, value }) => ({ key, value })),
    contact: defaults.isDraft ? null : contact,
    standing,
  };
}

type Refuse = (field: ListField, code: UserError['code'], message: string) => void;

/**
 * By the id that another system knows it by, else by its shop's host, else by its name. A name alone is no proof: whoever
 * is invited would see what the account of that name already has here, so a name at another host is asked about. So is an
 * id whose account has another name and another host than the row: ids are mistyped, and stand twice in a list.
 */
function accountOf(
  row: RowCells,
  ground: ListGround,
  refuse: Refuse,
): { account: AccountRow | null; externalId: ExternalId | null } {
  const name = row.text('ACCOUNT');
  const externalId = checkedId(row, refuse);
  const known = ground.externalIds.find(
    (one) => one.system === externalId?.system && one.externalId === externalId.externalId,
  );
  const byId = ground.accounts.find(({ id }) => id === known?.accountId);
  const host = hostOf(websiteOf(row) ?? '');
  if (byId) {
    const isOther = isOtherShop({ name: byId.name, website: byId.website }, { name, website: websiteOf(row) });
    if (isOther && row.text('CONTACT_EMAIL') !== '') {
      const params = { account: byId.name, host: hostOf(byId.website) };
      refuse('EXTERNAL_ID', 'ACCOUNT_UNCLEAR', words.list.otherOfId(params));
    }
    return { account: byId, externalId };
  }
  const atHost = ground.accounts.filter((one) => host !== '' && hostOf(one.website) === host);
  const called = ground.accounts.filter((one) => one.name.toLowerCase() === name.toLowerCase());
  const [best] = atHost.filter((one) => called.includes(one));
  if (best) return { account: best, externalId };
  if (atHost.length === 1) return { account: atHost[0] ?? null, externalId };
  if (atHost.length > 1) refuse('WEBSITE', 'ACCOUNT_UNCLEAR', words.list.severalAtHost({ host }));
  else if (called.length > 1) refuse('ACCOUNT', 'ACCOUNT_UNCLEAR', words.list.severalCalled());
  else if (called[0] && host !== '') {
    refuse('WEBSITE', 'ACCOUNT_UNCLEAR', words.list.otherHost({ host: hostOf(called[0].website) }));
  } else if (called[0]) return { account: called[0], externalId };
  else if (name === '') refuse('ACCOUNT', 'EMPTY', words.list.account());
  else if ([...name].length > mostNameCharacters) {
    refuse('ACCOUNT', 'TOO_LONG', words.list.tooLong({ max: mostNameCharacters }));
  }
  return { account: null, externalId };
}

type Shop = { name: string; website: string | null };

/** Whether neither name nor host speaks for two shops being one; what does not say its host contradicts nothing. */
export function isOtherShop(one: Shop, other: Shop): boolean {
  const [host, otherHost] = [hostOf(one.website ?? ''), hostOf(other.website ?? '')];
  return host !== otherHost && otherHost !== '' && one.name.toLowerCase() !== other.name.toLowerCase();
}

function checkedId(row: RowCells, refuse: Refuse): ExternalId | null {
  const given = row.externalId();
  if (given === null) return null;
  try {
    return checkedExternalId(given);
  } catch (error) {
    if (!(error instanceof ActError)) throw error;
    const isSystem = error.code === 'EXTERNAL_ID_INVALID';
    const message = words.userErrors[error.code](error.params);
    refuse(isSystem ? 'EXTERNAL_SYSTEM' : 'EXTERNAL_ID', error.code, message);
    return null;
  }
}

function newWebsite(row: RowCells, refuse: Refuse): string | null {
  const website = websiteOf(row);
  if (website !== null) return website;
  const isEmpty = row.text('WEBSITE') === '';
  refuse('WEBSITE', isEmpty ? 'EMPTY' : 'INVALID_URL', isEmpty ? words.list.website() : words.list.notWebsite());
  return null;
}

/** What is integrated: as the row says, and what it leaves out as its templates say. */
function whatOf(
  row: RowCells,
  { templates }: ListGround,
  refuse: Refuse,
): Pick<JudgedRow, 'platform' | 'products' | 'templates'> {
  const called = (text: string) =>
    templates.find(({ key, name }) => key === text || folded(name) === folded(text)) ?? null;
  const chosen: TemplateRow[] = [];
  for (const part of partsOf(row.text('TEMPLATES'))) {
    const template = called(part);
    if (template) chosen.push(template);
    else refuse('TEMPLATES', 'NOT_RECOGNISED', words.list.noTemplate({ text: part }));
  }
  const wanted = row.text('PLATFORM');
  const platform = wanted === '' ? (chosen[0]?.platform ?? null) : platformNamed(wanted);
  if (platform === null && wanted === '') refuse('PLATFORM', 'EMPTY', words.list.platform());
  if (platform === null && wanted !== '') {
    refuse('PLATFORM', 'NOT_RECOGNISED', words.list.noPlatform({ text: wanted }));
  }
  const parts = partsOf(row.text('PRODUCTS'));
  const products = parts.flatMap((part) => {
    const product = productNamed(part);
    if (product === null) refuse('PRODUCTS', 'NOT_RECOGNISED', words.list.noProduct({ text: part }));
    return product ?? [];
  });
  const all = [...new Set(parts.length > 0 ? products : chosen.flatMap((template) => template.products))];
  if (parts.length === 0 && chosen.length === 0) refuse('PRODUCTS', 'EMPTY', words.list.products());
  const fitting = templates.filter(
    (template) => template.platform === platform && template.products.some((product) => all.includes(product)),
  );
  const ones = row.text('TEMPLATES') === '' ? fitting : [...new Set(chosen)];
  return { platform, products: all, templates: ones.sort(byProducts(all)) };
}

function daysOf(row: RowCells, { signedOn }: ListDefaults, refuse: Refuse) {
  const read = (field: ListField): string | null => {
    const text = row.text(field);
    if (text === '') return null;
    const day = dayOf(text);
    if (day === null) refuse(field, 'INVALID_DAY', words.list.day({ text }));
    return day;
  };
  const signed = read('SIGNED_ON') ?? signedOn;
  const targetOn = read('TARGET_ON');
  if (targetOn !== null && targetOn < signed) refuse('TARGET_ON', 'BEFORE_START', words.list.early({ on: signed }));
  return { signedOn: signed, targetOn };
}

function pmOf(row: RowCells, { pms }: ListGround, viewerId: string, refuse: Refuse): ListPerson | null {
  const text = row.text('RUN_BY');
  if (text === '') return pms.find(({ id }) => id === viewerId) ?? null;
  const found = pms.filter(
    ({ name, email }) => email === normalEmail(text) || name.toLowerCase() === text.toLowerCase(),
  );
  if (found.length === 1) return found[0] ?? null;
  refuse('RUN_BY', 'NOT_ASSIGNABLE', found.length === 0 ? words.list.noPm({ text }) : words.list.severalPms({ text }));
  return null;
}

function contactOf(
  row: RowCells,
  { people, invited }: ListGround,
  account: AccountRow | null,
  refuse: Refuse,
): Contact | null {
  const text = row.text('CONTACT_EMAIL');
  if (text === '') return null;
  const email = normalEmail(text);
  const name = row.text('CONTACT_NAME') || (email.split('@')[0] ?? email);
  if (!isEmail(email)) refuse('CONTACT_EMAIL', 'INVALID_EMAIL', words.list.email());
  if ([...name].length > mostNameCharacters) {
    refuse('CONTACT_NAME', 'TOO_LONG', words.list.tooLong({ max: mostNameCharacters }));
  }
  const person = people.find((one) => one.email === email);
  if (person && (!account || person.accountId !== account.id)) {
    refuse('CONTACT_EMAIL', 'ALREADY_HERE', words.list.elsewhere());
  }
  const isAwaited = invited.some((one) => one.email === email && one.accountId === account?.id);
  return person || isAwaited ? null : { email, name };
}

/** The integration of this account that already is what the row asks for. */
function standingOf(
  ground: ListGround,
  accountId: string,
  platform: ProjectRow['platform'],
  products: ProjectRow['products'],
) {
  return (
    ground.projects.find(
      (one) =>
        one.accountId === accountId &&
        one.platform === platform &&
        products.length > 0 &&
        products.every((product) => one.products.includes(product)),
    ) ?? null
  );
}
