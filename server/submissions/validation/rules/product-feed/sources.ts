/*
 * Where the rules of product feeds are written.
 */
const google = (article: number, about: string) => ({
  name: `Google Merchant Center: ${about}`,
  url: `https://support.google.com/merchants/answer/${article}`,
});

export const specification = google(7_052_112, 'product data specification');
export const titles = google(6_324_415, 'title');
export const images = google(6_324_350, 'image_link');
export const availabilities = google(6_324_448, 'availability');
export const availabilityDates = google(6_324_470, 'availability_date');
export const gtins = google(6_324_461, 'gtin');
export const itemGroups = google(6_324_507, 'item_group_id');
export const identifiers = google(160_161, 'unique product identifiers');

export const prisjakt = {
  name: 'Prisjakt feed specification',
  url: 'https://github.com/Prisjakt/feed-specification',
};
export const gs1 = {
  name: 'GS1: check digit calculator',
  url: 'https://www.gs1.org/services/check-digit-calculator',
};
export const rfc3986 = { name: 'RFC 3986', url: 'https://www.rfc-editor.org/rfc/rfc3986' };
export const iso4217 = { name: 'ISO 4217', url: 'https://www.iso.org/iso-4217-currency-codes.html' };
export const goodPractice = { name: 'Good practice', url: null };
