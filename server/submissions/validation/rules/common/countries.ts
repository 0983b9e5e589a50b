/** ISO 3166-1 alpha-2, assigned codes. */
const codes =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA ' +
  'CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA ' +
  'GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP ' +
  'KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS ' +
  'MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS ' +
  'RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW ' +
  'TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW';

const table = codeTable();

function codeTable(): Uint8Array {
  const places = new Uint8Array(26 * 26);
  for (const code of codes.split(' ')) places[(code.charCodeAt(0) - 0x41) * 26 + code.charCodeAt(1) - 0x41] = 1;
  return places;
}

/** Two capitals that are the code of a country. */
export function isCountryAt(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== 2) return false;
  const first = (bytes[start] as number) - 0x41;
  const second = (bytes[start + 1] as number) - 0x41;
  return first >= 0 && first < 26 && second >= 0 && second < 26 && table[first * 26 + second] === 1;
}

export function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code)) return false;
  return table[(code.charCodeAt(0) - 0x41) * 26 + code.charCodeAt(1) - 0x41] === 1;
}

/** What people write instead of the code, folded to small letters; alpha-3 codes of the larger markets too. */
const meanings: Readonly<Record<string, string>> = {
  uk: 'GB',
  'united kingdom': 'GB',
  'great britain': 'GB',
  gbr: 'GB',
  usa: 'US',
  'united states': 'US',
  'united states of america': 'US',
  germany: 'DE',
  deutschland: 'DE',
  deu: 'DE',
  france: 'FR',
  frankreich: 'FR',
  fra: 'FR',
  spain: 'ES',
  españa: 'ES',
  esp: 'ES',
  italy: 'IT',
  italia: 'IT',
  ita: 'IT',
  netherlands: 'NL',
  nederland: 'NL',
  nld: 'NL',
  belgium: 'BE',
  bel: 'BE',
  austria: 'AT',
  österreich: 'AT',
  aut: 'AT',
  switzerland: 'CH',
  schweiz: 'CH',
  suisse: 'CH',
  che: 'CH',
  poland: 'PL',
  polska: 'PL',
  pol: 'PL',
  sweden: 'SE',
  sverige: 'SE',
  swe: 'SE',
  norway: 'NO',
  norge: 'NO',
  nor: 'NO',
  denmark: 'DK',
  danmark: 'DK',
  dnk: 'DK',
  finland: 'FI',
  suomi: 'FI',
  fin: 'FI',
  portugal: 'PT',
  prt: 'PT',
  ireland: 'IE',
  irl: 'IE',
  'czech republic': 'CZ',
  czechia: 'CZ',
  cze: 'CZ',
  canada: 'CA',
  can: 'CA',
  australia: 'AU',
  aus: 'AU',
  japan: 'JP',
  jpn: 'JP',
  china: 'CN',
  chn: 'CN',
  india: 'IN',
  ind: 'IN',
  brazil: 'BR',
  brasil: 'BR',
  bra: 'BR',
  mexico: 'MX',
  méxico: 'MX',
  mex: 'MX',
  turkey: 'TR',
  türkiye: 'TR',
  tur: 'TR',
};

/** `de`, `Germany`, `DEU` -> `DE`; null where it is no country that we know. */
export function countryMeantBy(text: string): string | null {
  const trimmed = text.trim();
  const upper = trimmed.toUpperCase();
  if (isCountry(upper)) return upper;
  const folded = trimmed.toLowerCase();
  return Object.hasOwn(meanings, folded) ? (meanings[folded] ?? null) : null;
}
