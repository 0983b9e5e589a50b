import type { Mark } from '../rule.ts';
import type { ImageFacts } from './facts.ts';

/** Images for examples. */
export const square: ImageFacts = {
  name: 'logo.png',
  sizeBytes: 40_000,
  type: 'PNG',
  width: 1_000,
  height: 1_000,
  isAnimated: false,
  hasAlpha: true,
  colours: 'RGB',
  profile: null,
  hasGps: false,
  hasExif: false,
  digitalSource: null,
  svg: null,
};
export const photo: ImageFacts = {
  ...square,
  name: 'shoe.jpg',
  type: 'JPEG',
  width: 2_000,
  height: 2_000,
  hasAlpha: false,
};
export const drawn = (more: Partial<NonNullable<ImageFacts['svg']>> = {}): ImageFacts => ({
  ...square,
  name: 'logo.svg',
  type: 'SVG',
  svg: {
    width: 100,
    height: 100,
    hasViewBox: true,
    baseProfile: 'tiny-ps',
    hasTitle: true,
    hasText: false,
    hasRaster: false,
    dangers: [],
    colours: ['#0f5f5c'],
    isWhole: true,
    ...more,
  },
});

export const forLogo = ['square-logo', 'wide-logo', 'email-logo'];
export const forProduct = ['product', 'apparel', 'banner'];
export const products = {
  name: 'Google Merchant Center: image link',
  url: 'https://support.google.com/merchants/answer/6324350',
};

export const mark = (facts: ImageFacts, more: Mark = {}): Mark => ({ at: facts.name, ...more });
