type Params = Record<string, string | number>;

/** What is said of the rows of a list of accounts; each stands beside its row and column. */
export const list = {
  cells: (params: Params) => `The row has ${params.cells} cells and the list ${params.columns} columns.`,
  account: () => 'Give the name of the account.',
  website: () => "Give the shop's address: the account is new.",
  notWebsite: () => 'This is no web address. Write it like www.shop.example.',
  severalAtHost: (params: Params) => `Several accounts have a shop at ${params.host}. Give the id of another system.`,
  severalCalled: () => 'Several accounts are called this. Give its website, or the id of another system.',
  otherHost: (params: Params) =>
    `An account of this name has its shop at ${params.host}. Leave the website empty if it is the same one, or name the new one differently.`,
  otherOfId: (params: Params) =>
    `This id is that of ${params.account} here, with its shop at ${params.host}. Leave the website empty if it is the same one, or mend the id.`,
  idTwice: (params: Params) => `This id stands in row ${params.number} as well, for another shop.`,
  platform: () => 'Give the platform, or a playbook.',
  noPlatform: (params: Params) => `No platform is called “${params.text}”. Write it like Shopify, Magento or Custom.`,
  products: () => 'Give a product, or a playbook.',
  noProduct: (params: Params) =>
    `No product is called “${params.text}”. There are Search, Recommendations, E-mail and Reviews.`,
  noTemplate: (params: Params) => `No published playbook is called “${params.text}”.`,
  day: (params: Params) => `“${params.text}” could not be read as a day. Write it like 2026-03-06.`,
  early: (params: Params) => `This is before the signature, ${params.on}.`,
  timeZone: () => 'This is no time zone. Write it like Europe/Prague.',
  noPm: (params: Params) => `Nobody of the company is called “${params.text}”. Give the name or the e-mail address.`,
  severalPms: (params: Params) => `Several people are called “${params.text}”. Give the e-mail address.`,
  email: () => 'This is no e-mail address.',
  elsewhere: () => 'This address is that of somebody who is here already, and not with this account.',
  tooLong: (params: Params) => `This is too long: at most ${params.max} characters.`,
  columns: (params: Params) => `A list has 1 to ${params.max} columns.`,
  rows: (params: Params) => `At most ${params.max} rows at once. Send the others after them.`,
};

export const listRefused = {
  ACCOUNT_UNCLEAR: () => 'Which account this is about cannot be told.',
  NOT_RECOGNISED: () => 'This name stands for nothing here.',
  INVALID_DAY: () => 'This could not be read as a day. Write it like 2026-03-06.',
};
