/*
 * Where the rules of subscriber lists are written.
 */
const klaviyoArticle = (article: string, about: string) => ({
  name: `Klaviyo: ${about}`,
  url: `https://help.klaviyo.com/hc/en-us/articles/${article}`,
});

export const klaviyoImport = klaviyoArticle('115005078967', 'importing subscribers');
export const klaviyoFormat = klaviyoArticle('115005078807', 'preparing a list for import');
export const klaviyoDates = klaviyoArticle('115005253428', 'accepted date and time formats');
export const gdprProof = { name: 'GDPR, article 7: conditions for consent', url: 'https://gdpr-info.eu/art-7-gdpr/' };
export const e164 = { name: 'ITU-T E.164', url: 'https://www.itu.int/rec/T-REC-E.164' };
export const bcp47 = { name: 'BCP 47', url: 'https://www.rfc-editor.org/info/bcp47' };
export const iso3166 = { name: 'ISO 3166-1', url: 'https://www.iso.org/iso-3166-country-codes.html' };
export const iana = { name: 'IANA time zone database', url: 'https://www.iana.org/time-zones' };
export const rfc3339 = { name: 'RFC 3339', url: 'https://www.rfc-editor.org/rfc/rfc3339' };
export const goodPractice = { name: 'Good practice', url: null };
