/*
 * How the world dials: country, its code (ITU-T E.164), what stands before a number inside the country (`-`: nothing), and
 * how many digits a number has without it. One entry a country: `DE49:0:6-11`.
 */
const countries =
  'AD376:-:6-9 AE971:0:8-9 AF93:0:9 AL355:0:8-9 AM374:0:8 AO244:-:9 AR54:0:10-11 AT43:0:7-13 AU61:0:9 AZ994:0:9 ' +
  'BA387:0:8-9 BD880:0:8-10 BE32:0:8-9 BG359:0:7-9 BH973:-:8 BJ229:-:8-10 BN673:-:7 BO591:0:8 BR55:0:10-11 BW267:-:7-8 ' +
  'BY375:8:9 CH41:0:9 CI225:-:10 CL56:-:9 CM237:-:9 CN86:0:10-11 CO57:-:10 CR506:-:8 CV238:-:7 CY357:-:8 CZ420:-:9 ' +
  'DE49:0:6-11 DK45:-:8 DZ213:0:8-9 EC593:0:8-9 EE372:-:7-8 EG20:0:8-10 ES34:-:9 ET251:0:9 FI358:0:5-11 FO298:-:6 ' +
  'FR33:0:9 GB44:0:9-10 GE995:0:9 GG44:0:10 GH233:0:9 GI350:-:8 GL299:-:6 GR30:-:10 GT502:-:8 HK852:-:8 HN504:-:8 ' +
  'HR385:0:8-9 HU36:06:8-9 ID62:0:8-12 IE353:0:7-9 IL972:0:8-9 IM44:0:10 IN91:0:10 IQ964:0:8-10 IR98:0:10 IS354:-:7-9 ' +
  'IT39:-:6-11 JE44:0:10 JO962:0:8-9 JP81:0:9-10 KE254:0:9 KH855:0:8-9 KR82:0:8-10 KW965:-:8 KZ7:8:10 LB961:0:7-8 ' +
  'LI423:-:7-9 LK94:0:9 LT370:0:8 LU352:-:4-11 LV371:-:8 LY218:0:9 MA212:0:9 MC377:-:8-9 MD373:0:8 ME382:0:8-9 ' +
  'MK389:0:8 MO853:-:8 MT356:-:8 MU230:-:7-8 MX52:-:10 MY60:0:8-10 MZ258:-:8-9 NA264:0:8-9 NG234:0:8-10 NI505:-:8 ' +
  'NL31:0:9 NO47:-:8 NP977:0:8-10 NZ64:0:8-10 OM968:-:8 PA507:-:7-8 PE51:0:8-9 PH63:0:8-10 PK92:0:9-10 PL48:-:9 ' +
  'PT351:-:9 PY595:0:9 QA974:-:8 RE262:0:9 RO40:0:9 RS381:0:8-9 RU7:8:10 RW250:-:9 SA966:0:9 SE46:0:7-9 SG65:-:8 ' +
  'SI386:0:8 SK421:0:9 SM378:-:6-10 SN221:-:9 SV503:-:8 TH66:0:8-9 TN216:-:8 TR90:0:10 TW886:0:8-9 TZ255:0:9 ' +
  'UA380:0:9 UG256:0:9 UY598:0:8 UZ998:-:9 VE58:0:10 VN84:0:9-10 XK383:0:8-9 ZA27:0:9 ZM260:0:9 ZW263:0:9 ' +
  // One numbering plan for North America and most of the Caribbean.
  'US1:1:10 CA1:1:10 AG1:1:10 AI1:1:10 BB1:1:10 BM1:1:10 BS1:1:10 DM1:1:10 DO1:1:10 GD1:1:10 GU1:1:10 JM1:1:10 KN1:1:10 ' +
  'KY1:1:10 LC1:1:10 MS1:1:10 PR1:1:10 TC1:1:10 TT1:1:10 VC1:1:10 VG1:1:10 VI1:1:10';

export type Dialling = { code: string; trunk: string; least: number; most: number };

const plans: ReadonlyMap<string, Dialling> = new Map(
  countries.split(' ').map((entry) => {
    const [head = '', trunk = '', digits = ''] = entry.split(':');
    const [least = '', most = least] = digits.split('-');
    const plan = { code: head.slice(2), trunk: trunk === '-' ? '' : trunk, least: Number(least), most: Number(most) };
    return [head.slice(0, 2), plan] as const;
  }),
);

export function diallingOf(country: string | undefined): Dialling | null {
  return plans.get(country?.toUpperCase() ?? '') ?? null;
}
