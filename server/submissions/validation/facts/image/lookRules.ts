import { commonPractice, type FactRule } from '../rule.ts';
import { drawn, forLogo, mark, photo, products, square } from './examples.ts';
import type { ImageFacts } from './facts.ts';

const bimi = { name: 'BIMI Group: SVG Tiny PS', url: 'https://bimigroup.org/creating-bimi-svg-logo-files/' };
const one = { severity: 'ERROR', code: 'validation_invalid_value' } as const;

/** Colours, what is hidden in the file, and where else it is meant to be seen. */
export const lookRules: readonly FactRule<ImageFacts>[] = [
  {
    ...one,
    id: 'IMG.cmyk',
    severity: 'WARNING',
    covers: ['F4:colour'],
    source: commonPractice,
    title: '{at} is made for print (CMYK)',
    advice: 'Export it as RGB with the profile sRGB: browsers show CMYK with wrong colours, or not at all.',
    check: (facts) => (facts.colours === 'CMYK' ? mark(facts, { found: 'CMYK', expected: 'sRGB' }) : null),
    accepted: [square, photo],
    refused: [{ ...photo, colours: 'CMYK' }],
  },
  {
    ...one,
    id: 'IMG.profile',
    severity: 'WARNING',
    covers: ['F4:colour'],
    source: commonPractice,
    title: '{at} has the colour profile {found}',
    advice: 'Export it with the profile sRGB, so that colours look the same everywhere.',
    check: (facts) =>
      facts.profile !== null && facts.colours !== 'CMYK' && !/srgb|sgrey|gray|grey|c2/i.test(facts.profile)
        ? mark(facts, { found: facts.profile, expected: 'sRGB' })
        : null,
    accepted: [square, { ...photo, profile: 'sRGB IEC61966-2.1' }],
    refused: [
      { ...photo, profile: 'Adobe RGB (1998)' },
      { ...photo, profile: 'Display P3' },
    ],
  },
  {
    ...one,
    id: 'IMG.alpha',
    severity: 'HINT',
    covers: ['F4:colour'],
    source: commonPractice,
    title: 'The logo has no transparent background',
    advice: 'With one it stands well on any colour. Export it as SVG, or as PNG or WebP with transparency.',
    check: (facts) => (facts.hasAlpha === false ? mark(facts) : null),
    profiles: forLogo,
    accepted: [square, drawn()],
    refused: [photo],
  },
  {
    ...one,
    id: 'IMG.contrast',
    severity: 'HINT',
    covers: ['F4:colour'],
    source: commonPractice,
    title: 'The logo may vanish on a {found} background',
    advice: 'All its colours are close to {found}. Send a second version for such backgrounds.',
    check: (facts) => {
      const lights = (facts.svg?.colours ?? []).map(luminance);
      if (lights.length === 0) return null;
      if (lights.every((light) => light > 0.7)) return mark(facts, { found: 'white' });
      return lights.every((light) => light < 0.03) ? mark(facts, { found: 'dark' }) : null;
    },
    profiles: forLogo,
    accepted: [drawn(), square, drawn({ colours: ['#ffffff', '#000000'] })],
    refused: [drawn({ colours: ['#ffffff'] }), drawn({ colours: ['#000000', '#111111'] })],
  },
  {
    ...one,
    id: 'IMG.gps',
    severity: 'WARNING',
    covers: ['F4:metadata'],
    source: commonPractice,
    title: '{at} tells where it was taken',
    advice: 'Export it without location data. Everybody who gets the file could read the place.',
    check: (facts) => (facts.hasGps ? mark(facts, { found: 'GPS' }) : null),
    accepted: [photo, { ...photo, hasExif: true }],
    refused: [{ ...photo, hasGps: true, hasExif: true }],
  },
  {
    ...one,
    id: 'IMG.exif',
    severity: 'HINT',
    covers: ['F4:metadata'],
    source: commonPractice,
    title: '{at} carries camera data',
    advice: 'It can stay; without it the file is smaller. Keep the IPTC mark of pictures made by AI.',
    check: (facts) => (facts.hasExif && !facts.hasGps ? mark(facts, { found: 'EXIF' }) : null),
    accepted: [photo],
    refused: [{ ...photo, hasExif: true }],
  },
  {
    ...one,
    id: 'IMG.ai',
    severity: 'WARNING',
    covers: ['F4:metadata'],
    source: products,
    title: '{at} is marked as made by AI',
    advice: 'That is fine. Keep the mark ({found}) when you export it again: Google asks for it.',
    check: (facts) =>
      /algorithmic/i.test(facts.digitalSource ?? '') ? mark(facts, { found: facts.digitalSource }) : null,
    accepted: [photo, { ...photo, digitalSource: 'digitalCapture' }],
    refused: [{ ...photo, digitalSource: 'trainedAlgorithmicMedia' }],
  },
  {
    ...one,
    id: 'IMG.email',
    severity: 'HINT',
    covers: ['F4:email'],
    source: commonPractice,
    title: 'The e-mail logo has {found}',
    advice: 'Up to 200 kB at twice the size it is shown at loads quickly everywhere, as PNG or JPEG.',
    check: (facts) =>
      facts.sizeBytes > 200_000 || facts.type === 'SVG'
        ? mark(facts, { found: `${Math.ceil(facts.sizeBytes / 1000)} kB`, expected: '200 kB' })
        : null,
    profiles: ['email-logo'],
    accepted: [square],
    refused: [{ ...square, sizeBytes: 200_001 }, drawn()],
  },
  {
    ...one,
    id: 'IMG.bimi',
    severity: 'HINT',
    covers: ['F4:BIMI'],
    source: bimi,
    title: '{at} cannot be shown by BIMI yet: {found}',
    advice:
      'BIMI wants a square SVG with baseProfile="tiny-ps" and a title, without scripts, pictures and outside addresses, and a DMARC policy of quarantine or reject.',
    check: (facts) => {
      const { svg } = facts;
      if (svg === null) return mark(facts, { found: facts.type, expected: 'SVG Tiny PS' });
      const missing = [
        svg.baseProfile === 'tiny-ps' ? [] : 'baseProfile',
        svg.hasTitle ? [] : 'title',
        svg.width === svg.height ? [] : 'square',
        svg.hasRaster ? 'image' : [],
      ].flat();
      return missing.length > 0 ? mark(facts, { found: missing.join(', '), expected: 'SVG Tiny PS' }) : null;
    },
    profiles: ['bimi'],
    accepted: [drawn()],
    refused: [square, drawn({ baseProfile: null }), drawn({ width: 200 }), drawn({ hasRaster: true })],
  },
];

/** Relative luminance of #rrggbb, 0 to 1, as WCAG counts it. */
function luminance(colour: string): number {
  const part = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}
