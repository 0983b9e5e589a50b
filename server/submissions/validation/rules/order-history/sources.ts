/*
 * Where the rules of order histories are written.
 */
export const emarsys = {
  name: 'Emarsys: uploading sales data',
  url: 'https://documentation.emarsys.com/resource/getting-started/data-onboarding/uploading-sales-data/',
};
export const emarsysHeader = {
  name: 'Emarsys: uploading your sales data',
  url: 'https://help.emarsys.com/hc/en-us/articles/213706429',
};
export const emarsysBatch = {
  name: 'Emarsys: standard sales data CSV file requirements',
  url: 'https://help.emarsys.com/hc/en-us/articles/18923350429714',
};
export const algolia = {
  name: 'Algolia Recommend: upload events from a CSV file',
  url: 'https://www.algolia.com/doc/guides/algolia-recommend/how-to/csv-upload',
};
export const klevu = { name: 'Klevu: pre-integration checklist', url: 'https://help.klevu.com/5000877289' };
export const leadConnector = {
  name: 'LeadConnector: importing orders',
  url: 'https://help.leadconnectorhq.com/support/solutions/articles/155000005079',
};
export const emplifi = { name: 'Emplifi: historical order feed', url: 'https://docs.emplifi.io' };
export const rfc3339 = { name: 'RFC 3339', url: 'https://www.rfc-editor.org/rfc/rfc3339' };
export const iso4217 = { name: 'ISO 4217', url: 'https://www.iso.org/iso-4217-currency-codes.html' };
export const gdpr = { name: 'GDPR, article 5: data minimisation', url: 'https://gdpr-info.eu/art-5-gdpr/' };
export const goodPractice = { name: 'Good practice', url: null };
