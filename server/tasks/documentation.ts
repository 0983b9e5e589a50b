/** Variables that stand for a row's own values, as every task's documentation may use them. */
export const rowVariables = ['account.id', 'account.name', 'company.name', 'pm.name', 'pm.email'] as const;

/** Variables that are looked up in `account_facts` under the same name. */
export const accountVariables = [
  'shop.domain',
  'shop.myshopifyDomain',
  'search.accountKey',
  'search.host',
  'search.snippet',
  'recommendations.accountKey',
  'recommendations.snippet',
  'email.accountKey',
  'email.sendingDomain',
  'email.snippet',
] as const;

/** Every variable that documentation may use. */
export const documentationVariables = [...rowVariables, ...accountVariables] as const;

export type DocumentationFacts = Record<string, string>;

const variable = /\{\{\s*([A-Za-z][A-Za-z0-9.]*)\s*\}\}/g;

/** The names of the variables that a text uses, each once. */
export function variablesIn(markdown: string): string[] {
  return [...new Set([...markdown.matchAll(variable)].flatMap((match) => match[1] ?? []))];
}

/** What the variables of one project stand for. Rows win over facts of the same name. */
export function documentationFacts(of: {
  account: { id: string; name: string };
  company: { name: string };
  pm: { name: string; email: string };
  facts: readonly { key: string; value: string }[];
}): DocumentationFacts {
  return {
    ...Object.fromEntries(of.facts.map(({ key, value }) => [key, value])),
    'account.id': of.account.id,
    'account.name': of.account.name,
    'company.name': of.company.name,
    'pm.name': of.pm.name,
    'pm.email': of.pm.email,
  };
}

/**
 * Fills `{{account.name}}` and its like. One pass, so that a value that looks like a variable stays as it is; a
 * variable that nothing is known of stays in the text, where it is seen and can be asked about.
 */
export function fillVariables(markdown: string, facts: DocumentationFacts): string {
  return markdown.replace(variable, (whole, name: string) =>
    Object.hasOwn(facts, name) ? (facts[name] ?? whole) : whole,
  );
}
