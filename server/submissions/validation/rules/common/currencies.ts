/*
 * ISO 4217, active codes in November 2026 (the lev went on 2026-01-01, the Antillean guilder on 2025-03-31), by the
 * number of decimals of the minor unit. Codes for metals, funds and testing are no prices of a shop and are left out.
 */
const byDecimals: Readonly<Record<0 | 2 | 3 | 4, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF',
  2:
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP ' +
    'CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES ' +
    'KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK ' +
    'NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB ' +
    'TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

/** Decimals + 1 at the place of a code; 0: no currency. */
const table = codeTable();

function codeTable(): Uint8Array {
  const places = new Uint8Array(26 * 26 * 26);
  for (const [decimals, codes] of Object.entries(byDecimals)) {
    for (const code of codes.split(' ')) {
      places[placeOf(code.charCodeAt(0), code.charCodeAt(1), code.charCodeAt(2))] = Number(decimals) + 1;
    }
  }
  return places;
}

function placeOf(first: number, second: number, third: number): number {
  return (first - 0x41) * 676 + (second - 0x41) * 26 + (third - 0x41);
}

/** Decimals of the minor unit of the code of three capitals at `at`; -1: no currency. */
export function minorUnitAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  const second = bytes[at + 1] as number;
  const third = bytes[at + 2] as number;
  if (!(first >= 0x41 && first <= 0x5a && second >= 0x41 && second <= 0x5a && third >= 0x41 && third <= 0x5a))
    return -1;
  return (table[placeOf(first, second, third)] as number) - 1;
}

/** The same of a text: `EUR` -> 2, `JPY` -> 0; -1: no currency (small letters are none). */
export function minorUnitOf(code: string): number {
  if (!/^[A-Z]{3}$/.test(code)) return -1;
  return (table[placeOf(code.charCodeAt(0), code.charCodeAt(1), code.charCodeAt(2))] as number) - 1;
}

export function isCurrency(code: string): boolean {
  return minorUnitOf(code) >= 0;
}

/** A number below 17,576 for each code, for counting without strings; `codeAt` turns it back. */
export function codeNumberAt(bytes: Uint8Array, at: number): number {
  return placeOf(bytes[at] as number, bytes[at + 1] as number, bytes[at + 2] as number);
}

export const codeNumbers = 26 * 26 * 26;

export function codeOfNumber(place: number): string {
  return String.fromCharCode(0x41 + Math.floor(place / 676), 0x41 + (Math.floor(place / 26) % 26), 0x41 + (place % 26));
}

/** Signs that mean one currency, whoever writes them. */
const ownSigns: Readonly<Record<string, string>> = {
  '€': 'EUR',
  zł: 'PLN',
  kč: 'CZK',
  '₹': 'INR',
  '₽': 'RUB',
  '₺': 'TRY',
  '₪': 'ILS',
  '₩': 'KRW',
  '₫': 'VND',
  '฿': 'THB',
  '₴': 'UAH',
  '₦': 'NGN',
  '₱': 'PHP',
  '₸': 'KZT',
  '₾': 'GEL',
  ft: 'HUF',
  r$: 'BRL',
  us$: 'USD',
  euro: 'EUR',
  euros: 'EUR',
};

/** Signs that several currencies share: they tell one only together with what was declared. */
const sharedSigns: Readonly<Record<string, string>> = {
  $: 'USD CAD AUD NZD MXN SGD HKD TWD ARS CLP COP',
  '£': 'GBP EGP GIP FKP SHP SYP LBP',
  '¥': 'JPY CNY',
  kr: 'SEK NOK DKK ISK',
  'kr.': 'DKK NOK SEK ISK',
  'fr.': 'CHF',
  'sfr.': 'CHF',
  lei: 'RON MDL',
};

/** The currency that a sign or word means, or null where that is not certain. `declared`: what the person said. */
export function currencyOfSign(sign: string, declared: string | undefined): string | null {
  const folded = sign.toLowerCase();
  const own = Object.hasOwn(ownSigns, folded) ? ownSigns[folded] : undefined;
  if (own !== undefined) return own;
  const shared = Object.hasOwn(sharedSigns, folded) ? sharedSigns[folded]?.split(' ') : undefined;
  if (!shared) return null;
  if (declared !== undefined && shared.includes(declared)) return declared;
  return shared.length === 1 ? (shared[0] ?? null) : null;
}
