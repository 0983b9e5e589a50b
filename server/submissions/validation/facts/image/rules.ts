import type { Judging } from '../../types.ts';
import { commonPractice, type FactRule, megabytes } from '../rule.ts';
import { drawn, forLogo, forProduct, mark, photo, products, square } from './examples.ts';
import type { ImageFacts, ImageType } from './facts.ts';
import { lookRules } from './lookRules.ts';

const logos = {
  name: 'Google Merchant Center: logo requirements',
  url: 'https://support.google.com/merchants/answer/12464904',
};

/** What an image is for: the profile that it is judged by. */
export const imageUses = ['square-logo', 'wide-logo', 'email-logo', 'banner', 'product', 'apparel', 'bimi'] as const;

const extensions: Readonly<Record<ImageType, readonly string[]>> = {
  PNG: ['png'],
  JPEG: ['jpg', 'jpeg', 'jpe'],
  WEBP: ['webp'],
  GIF: ['gif'],
  BMP: ['bmp', 'dib'],
  TIFF: ['tif', 'tiff'],
  SVG: ['svg'],
  UNKNOWN: [],
};
const extensionOf = (name: string) => /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? null;
const size = (facts: ImageFacts) => `${facts.width} x ${facts.height}`;
const smaller = (facts: ImageFacts) => Math.min(facts.width ?? 0, facts.height ?? 0);
const isMeasured = (facts: ImageFacts) => facts.width !== null && facts.height !== null && facts.type !== 'SVG';
/** From this day on product images under 500 pixels are refused. */
const largerFrom = Date.parse('2027-01-31T00:00:00Z');
const isLater = (judging: Judging) => judging.asOfMs >= largerFrom;

const one = { severity: 'ERROR', code: 'validation_invalid_value' } as const;

export const imageRules: readonly FactRule<ImageFacts>[] = [
  {
    ...one,
    id: 'IMG.type',
    code: 'validation_invalid_enum',
    covers: ['F4:type'],
    source: logos,
    title: '{at} is no SVG, PNG, JPEG or WebP',
    advice: 'Export it as SVG, PNG, JPEG or WebP. What is inside is {found}, whatever the name says.',
    check: (facts) =>
      ['SVG', 'PNG', 'JPEG', 'WEBP'].includes(facts.type)
        ? null
        : mark(facts, { found: facts.type === 'UNKNOWN' ? 'no image' : facts.type, expected: 'SVG, PNG, JPEG, WebP' }),
    profiles: [...forLogo, 'bimi'],
    accepted: [square, photo, drawn()],
    refused: [
      { ...square, type: 'GIF' },
      { ...square, type: 'UNKNOWN' },
    ],
  },
  {
    ...one,
    id: 'IMG.productType',
    code: 'validation_invalid_enum',
    covers: ['F4:product'],
    source: products,
    title: '{at} is no JPEG, WebP, PNG, GIF, BMP or TIFF',
    advice: 'Export it as JPEG, WebP or PNG. What is inside is {found}.',
    check: (facts) =>
      ['JPEG', 'WEBP', 'PNG', 'GIF', 'BMP', 'TIFF'].includes(facts.type)
        ? null
        : mark(facts, { found: facts.type === 'UNKNOWN' ? 'no image' : facts.type }),
    profiles: forProduct,
    accepted: [photo, { ...photo, type: 'GIF', name: 'a.gif' }],
    refused: [drawn(), { ...photo, type: 'UNKNOWN' }],
  },
  {
    ...one,
    id: 'IMG.extension',
    code: 'validation_inconsistent',
    covers: ['F4:type'],
    source: products,
    title: '{at} is not what its name says',
    advice: 'It is {found} inside. Rename it so that it ends in .{expected}, or export it again.',
    check: (facts) => {
      const fits = extensions[facts.type];
      const extension = extensionOf(facts.name);
      if (facts.type === 'UNKNOWN' || extension === null || fits.includes(extension)) return null;
      const fix = facts.name.replace(/\.[^.]*$/, `.${fits[0]}`);
      return mark(facts, { found: facts.type, expected: fits[0] ?? '', fix });
    },
    accepted: [square, { ...photo, name: 'SHOE.JPEG' }, { ...photo, name: 'shoe' }, drawn()],
    refused: [
      { ...square, name: 'logo.jpg' },
      { ...photo, name: 'shoe.webp' },
    ],
  },
  {
    ...one,
    id: 'IMG.animated',
    covers: ['F4:type'],
    source: logos,
    title: '{at} moves',
    advice: 'Export one still picture.',
    check: (facts) => (facts.isAnimated ? mark(facts) : null),
    accepted: [square],
    refused: [{ ...square, isAnimated: true }],
  },
  {
    ...one,
    id: 'IMG.unmeasured',
    code: 'validation_unreadable',
    covers: ['F4:pixels'],
    source: commonPractice,
    title: '{at} does not tell its size',
    advice: 'The beginning of the file is damaged or cut off. Export it again and send the whole file.',
    check: (facts) =>
      facts.type !== 'SVG' && facts.type !== 'UNKNOWN' && (!facts.width || !facts.height) ? mark(facts) : null,
    accepted: [square, drawn({ width: null, height: null })],
    refused: [
      { ...square, width: null, height: null },
      { ...square, width: 0 },
    ],
  },
  {
    ...one,
    id: 'IMG.pixels',
    code: 'validation_invalid_length',
    covers: ['F4:pixels'],
    source: products,
    title: '{at} has too many pixels: {found}',
    advice: 'At most 64 million pixels are opened. Make it smaller, for example 2,000 pixels at its longer side.',
    check: (facts) =>
      isMeasured(facts) && (facts.width ?? 0) * (facts.height ?? 0) > 64_000_000
        ? mark(facts, { found: size(facts) })
        : null,
    accepted: [square, { ...photo, width: 8_000, height: 8_000 }],
    refused: [
      { ...square, width: 60_000, height: 60_000 },
      { ...photo, width: 8_001, height: 8_000 },
    ],
  },
  {
    ...one,
    id: 'IMG.square',
    covers: ['F4:size'],
    source: logos,
    title: 'The square logo is {found}',
    advice: 'Export it with the same width and height, 500 to 2,000 pixels, such as 1000 x 1000.',
    check: (facts) =>
      isMeasured(facts) && (facts.width !== facts.height || smaller(facts) < 500 || smaller(facts) > 2_000)
        ? mark(facts, { found: size(facts), expected: '500 x 500 - 2000 x 2000' })
        : null,
    profiles: ['square-logo'],
    accepted: [square, { ...square, width: 500, height: 500 }, { ...square, width: 2_000, height: 2_000 }, drawn()],
    refused: [
      { ...square, height: 999 },
      { ...square, width: 499, height: 499 },
      { ...square, width: 2_001, height: 2_001 },
    ],
  },
  {
    ...one,
    id: 'IMG.wide',
    covers: ['F4:size'],
    source: logos,
    title: 'The wide logo is {found}',
    advice:
      'Export it at most twice as wide as high, at least 128 pixels high and at most 2,000 wide, such as 1000 x 500. It normally holds the name.',
    check: (facts) => {
      const [width, height] = [facts.width ?? 0, facts.height ?? 0];
      return isMeasured(facts) && (width > 2 * height || height < 128 || width > 2_000)
        ? mark(facts, { found: size(facts), expected: '1000 x 500' })
        : null;
    },
    profiles: ['wide-logo'],
    accepted: [
      { ...square, height: 500 },
      { ...square, width: 256, height: 128 },
    ],
    refused: [
      { ...square, height: 499 },
      { ...square, width: 200, height: 127 },
      { ...square, width: 2_001, height: 1_500 },
    ],
  },
  {
    ...one,
    id: 'IMG.logoBytes',
    code: 'validation_invalid_length',
    covers: ['F4:size'],
    source: logos,
    title: 'The logo has {found}',
    advice: 'At most 5 MB are accepted. Export it smaller.',
    check: (facts) =>
      facts.sizeBytes > 5_000_000 ? mark(facts, { found: megabytes(facts.sizeBytes), expected: '5 MB' }) : null,
    profiles: [...forLogo, 'bimi'],
    accepted: [square, { ...square, sizeBytes: 5_000_000 }],
    refused: [{ ...square, sizeBytes: 5_000_001 }],
  },
  {
    ...one,
    id: 'IMG.productBytes',
    code: 'validation_invalid_length',
    covers: ['F4:product'],
    source: products,
    title: '{at} has {found}',
    advice: 'At most 16 MB are accepted. Export it smaller, or with a stronger compression.',
    check: (facts) =>
      facts.sizeBytes > 16_000_000 ? mark(facts, { found: megabytes(facts.sizeBytes), expected: '16 MB' }) : null,
    profiles: forProduct,
    accepted: [photo],
    refused: [{ ...photo, sizeBytes: 16_000_001 }],
  },
  {
    ...one,
    id: 'IMG.productSmall',
    covers: ['F4:product'],
    source: products,
    title: '{at} is only {found}',
    advice:
      'At least 100 x 100 pixels are needed, 250 x 250 for clothes, and 500 x 500 for all from 31 January 2027. Export it at 1,500 or more.',
    check: (facts, judging) => {
      const least = isLater(judging) ? 500 : judging.profile === 'apparel' ? 250 : 100;
      return isMeasured(facts) && smaller(facts) < least
        ? mark(facts, { found: size(facts), expected: `${least} x ${least}` })
        : null;
    },
    profiles: ['product', 'apparel'],
    accepted: [photo, { ...photo, width: 100, height: 100 }],
    refused: [{ ...photo, width: 99, height: 400 }],
  },
  {
    ...one,
    id: 'IMG.productSoonSmall',
    severity: 'WARNING',
    covers: ['F4:product'],
    source: products,
    title: '{at} is {found}, and will be refused from 31 January 2027',
    advice: 'Export it with at least 500 x 500 pixels, better 1,500.',
    check: (facts, judging) => {
      const least = judging.profile === 'apparel' ? 250 : 100;
      return isMeasured(facts) && !isLater(judging) && smaller(facts) >= least && smaller(facts) < 500
        ? mark(facts, { found: size(facts), expected: '500 x 500' })
        : null;
    },
    profiles: ['product', 'apparel'],
    accepted: [photo, { ...photo, width: 500, height: 500 }, { ...photo, width: 50 }],
    refused: [{ ...photo, width: 499, height: 600 }],
  },
  {
    ...one,
    id: 'IMG.productLarger',
    severity: 'HINT',
    covers: ['F4:product'],
    source: products,
    title: '{at} is {found}',
    advice: 'It is accepted. With 1,500 pixels or more people can look closer.',
    check: (facts) =>
      isMeasured(facts) && smaller(facts) >= 500 && smaller(facts) < 1_500
        ? mark(facts, { found: size(facts), expected: '1500 x 1500' })
        : null,
    profiles: forProduct,
    accepted: [photo],
    refused: [{ ...photo, width: 1_499 }],
  },
  {
    ...one,
    id: 'IMG.svgDanger',
    covers: ['F4:svg'],
    source: commonPractice,
    title: 'The drawing holds something that runs or loads: {found}',
    advice:
      'Export it again as a plain SVG, without scripts, event attributes, foreignObject, entities and addresses of other files; or send a PNG.',
    check: (facts) => (facts.svg?.dangers ?? []).map((danger) => mark(facts, { found: danger })),
    accepted: [drawn(), square],
    refused: [drawn({ dangers: ['<script>'] }), drawn({ dangers: ['onload', '<!ENTITY>'] })],
  },
  {
    ...one,
    id: 'IMG.svgBox',
    code: 'validation_missing_value',
    covers: ['F4:svg'],
    source: commonPractice,
    title: 'The drawing has no viewBox',
    advice: 'Without it the logo cannot be scaled. Export it with viewBox="0 0 width height".',
    check: (facts) =>
      facts.svg !== null && !facts.svg.hasViewBox ? mark(facts, { expected: 'viewBox="0 0 100 100"' }) : null,
    accepted: [drawn(), square],
    refused: [drawn({ hasViewBox: false })],
  },
  {
    ...one,
    id: 'IMG.svgCut',
    code: 'validation_unreadable',
    covers: ['F4:svg'],
    source: commonPractice,
    title: 'The drawing ends before it is complete',
    advice: 'Send the whole file: it has to end with </svg>, within 5 MB.',
    check: (facts) => (facts.svg !== null && !facts.svg.isWhole ? mark(facts) : null),
    accepted: [drawn(), square],
    refused: [drawn({ isWhole: false })],
  },
  {
    ...one,
    id: 'IMG.svgText',
    severity: 'WARNING',
    covers: ['F4:svg'],
    source: commonPractice,
    title: 'The drawing has letters that need a font',
    advice: 'Convert text to outlines (paths) before you export: elsewhere the font is not there.',
    check: (facts) => (facts.svg?.hasText ? mark(facts, { found: '<text>' }) : null),
    accepted: [drawn(), square],
    refused: [drawn({ hasText: true })],
  },
  ...lookRules,
];
