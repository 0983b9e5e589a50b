import { Has } from '../../cell.ts';
import type { CellRule, Rule } from '../../types.ts';
import { noParams } from '../common/answers.ts';
import { enumRules } from '../common/enumRules.ts';
import { enumOf, isOneOf, isOneOfFolded, meantBy, yesOrNo } from '../common/enums.ts';
import { firstOf, isBlank, lastOf } from '../common/window.ts';
import { availabilities, prisjakt, specification } from './sources.ts';

/*
 * Columns with a closed list of values, and what shops write for them in the languages of their own.
 */
const availability = enumOf(
  [
    ...['in stock', 'out of stock', 'build to order'],
    ...['in_stock', 'out_of_stock', 'preorder', 'backorder', 'build_to_order'],
  ],
  {
    in_stock: [
      ...['available', 'yes', 'true', 'auf lager', 'lagernd', 'sofort lieferbar', 'verfügbar', 'lieferbar', 'vorrätig'],
      ...['en stock', 'disponible', 'disponibile', 'in magazzino', 'op voorraad', 'leverbaar', 'på lager', 'i lager'],
      ...['w magazynie', 'dostępny', 'skladem', 'em estoque', 'varastossa', 'stokta'],
    ],
    out_of_stock: [
      ...['sold out', 'unavailable', 'not available', 'not in stock', 'no', 'false', 'ausverkauft', 'nicht auf lager'],
      ...[
        'nicht verfügbar',
        'nicht lieferbar',
        'nicht vorrätig',
        'rupture de stock',
        'en rupture',
        'en rupture de stock',
      ],
      ...[
        'épuisé',
        'agotado',
        'sin stock',
        'no disponible',
        'esaurito',
        'non disponibile',
        'niet op voorraad',
        'uitverkocht',
      ],
      ...['slut i lager', 'ej i lager', 'udsolgt', 'ikke på lager', 'utsolgt', 'niedostępny', 'vyprodáno', 'esgotado'],
    ],
    preorder: [
      'pre-order',
      'vorbestellung',
      'vorbestellbar',
      'précommande',
      'preventa',
      'preordine',
      'förhandsbokning',
    ],
    backorder: ['back order', 'backordered', 'on backorder', 'nachbestellt', 'available on backorder'],
  },
);

const availabilityMissing: CellRule = {
  id: 'availability.missing',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_missing_value',
  covers: ['F1:availability'],
  source: availabilities,
  title: 'A product does not say whether it is in stock',
  advice: 'Write in_stock, out_of_stock, preorder or backorder.',
  columns: ['availability'],
  isForEmpty: true,
  onlyIf: Has.outerSpace,
  check: (cell) => (isBlank(cell) ? noParams : null),
  accepted: ['in_stock', 'maybe'],
  refused: ['', ' '],
};

const condition = enumOf(['new', 'refurbished', 'used'], {
  new: ['brand new', 'new with tags', 'neu', 'neuf', 'nuevo', 'nuovo', 'nieuw', 'ny', 'nowy', 'novo', 'nový', 'uusi'],
  refurbished: [
    ...['refurb', 'renewed', 'reconditioned', 'generalüberholt', 'reconditionné', 'reacondicionado', 'ricondizionato'],
    ...['renoverad', 'odnowiony'],
  ],
  used: [
    ...['second hand', 'pre-owned', 'preowned', 'gebraucht', "d'occasion", 'occasion', 'usado', 'usato', 'gebruikt'],
    ...['begagnad', 'brugt', 'brukt', 'używany'],
  ],
});

const gender = enumOf(['male', 'female', 'unisex'], {
  male: ['m', 'man', 'men', 'mens', 'herren', 'herr', 'mann', 'homme', 'hommes', 'hombre', 'uomo', 'heren', 'herre'],
  female: [
    'f',
    'w',
    'woman',
    'women',
    'womens',
    'ladies',
    'damen',
    'frau',
    'femme',
    'femmes',
    'mujer',
    'donna',
    'dames',
    'dam',
  ],
  unisex: ['uni', 'men and women', 'damen & herren', 'mixte'],
});

const ageGroup = enumOf(['newborn', 'infant', 'toddler', 'kids', 'adult'], {
  newborn: ['newborns', 'neugeborene', 'neugeborenes'],
  infant: ['infants'],
  toddler: ['toddlers', 'kleinkind', 'kleinkinder'],
  kids: [
    'kid',
    'child',
    'children',
    'kinder',
    'kind',
    'enfant',
    'enfants',
    'niños',
    'bambini',
    'kinderen',
    'barn',
    'dzieci',
  ],
  adult: ['adults', 'erwachsene', 'erwachsener', 'adulte', 'adultes', 'adulto', 'volwassenen', 'vuxen', 'voksen'],
});

const sizeSystem = enumOf(['US', 'UK', 'EU', 'DE', 'FR', 'JP', 'CN', 'IT', 'BR', 'MEX', 'AU'], {
  US: ['usa', 'u.s.'],
  UK: ['gb'],
  EU: ['eur', 'europe'],
  MEX: ['mx', 'mexico'],
});

const energyClasses = enumOf(['A+++', 'A++', 'A+', 'A', 'B', 'C', 'D', 'E', 'F', 'G']);

const yesNoExamples = {
  list: yesOrNo,
  severity: 'ERROR' as const,
  accepted: ['yes', 'no', 'true', 'false'],
  refused: ['ja', '1', 'maybe'],
  fixed: { ja: 'yes', '1': 'true', nein: 'no', maybe: null },
  miswritten: { Yes: 'yes', FALSE: 'false' },
};

const closedLists: readonly CellRule[] = [
  ...enumRules({
    column: 'availability',
    list: availability,
    severity: 'ERROR',
    covers: ['F1:availability', 'F1:*file*'],
    source: availabilities,
    title: 'The availability is none of the four that are known',
    advice: 'Write in_stock, out_of_stock, preorder or backorder, in English.',
    accepted: ['in_stock', 'in stock', 'out_of_stock', 'preorder', 'backorder', 'build_to_order'],
    refused: ['auf Lager', 'instock', '12', 'soon'],
    fixed: {
      'auf Lager': 'in_stock',
      instock: 'in_stock',
      'In-Stock': 'in_stock',
      'en stock': 'in_stock',
      Épuisé: 'out_of_stock',
      'pre-order': 'preorder',
      soon: null,
    },
    miswritten: { 'In Stock': 'in stock', IN_STOCK: 'in_stock', PreOrder: 'preorder' },
  }),
  ...enumRules({
    column: 'condition',
    list: condition,
    severity: 'ERROR',
    covers: ['F1:condition', 'F1:*file*'],
    source: specification,
    title: 'The condition is none of the three that are known',
    advice: 'Write new, refurbished or used, in English.',
    accepted: ['new', 'refurbished', 'used'],
    refused: ['neu', 'gebraucht', 'mint'],
    fixed: { neu: 'new', "d'occasion": 'used', generalüberholt: 'refurbished', mint: null },
    miswritten: { New: 'new', USED: 'used' },
  }),
  ...enumRules({
    column: 'gender',
    list: gender,
    severity: 'ERROR',
    covers: ['F1:gender', 'F1:*file*'],
    source: specification,
    title: 'The gender is none of the three that are known',
    advice: 'Write male, female or unisex, in English.',
    accepted: ['male', 'female', 'unisex'],
    refused: ['Herren', 'w', 'dog'],
    fixed: { Herren: 'male', "Women's": 'female', dog: null },
    miswritten: { Male: 'male', UNISEX: 'unisex' },
  }),
  ...enumRules({
    column: 'age_group',
    list: ageGroup,
    severity: 'ERROR',
    covers: ['F1:age_group', 'F1:*file*'],
    source: specification,
    title: 'The age group is none of the five that are known',
    advice: 'Write newborn, infant, toddler, kids or adult, in English.',
    accepted: ['newborn', 'infant', 'toddler', 'kids', 'adult'],
    refused: ['Kinder', 'teen', '12'],
    fixed: { Kinder: 'kids', Adults: 'adult', teen: null },
    miswritten: { Adult: 'adult', KIDS: 'kids' },
  }),
  ...enumRules({
    column: 'size_system',
    list: sizeSystem,
    severity: 'WARNING',
    covers: ['F1:size', 'F1:size_system'],
    source: specification,
    title: 'The size system is none that is known',
    advice: 'Write US, UK, EU, DE, FR, JP, CN, IT, BR, MEX or AU.',
    accepted: ['EU', 'MEX'],
    refused: ['GB', 'metric'],
    fixed: { GB: 'UK', usa: 'US', metric: null },
    miswritten: { eu: 'EU', Mex: 'MEX' },
  }),
  ...['energy_efficiency_class', 'min_energy_efficiency_class', 'max_energy_efficiency_class'].flatMap((column) =>
    enumRules({
      column,
      list: energyClasses,
      severity: 'WARNING',
      covers: [`F1:${column}`],
      source: specification,
      title: 'An energy class is none that is known',
      advice: 'Write A+++, A++, A+, A, B, C, D, E, F or G.',
      accepted: ['A', 'A+++', 'G'],
      refused: ['A++++', 'H', 'A ++'],
      fixed: { 'A ++': 'A++', 'a +': 'A+', H: null },
      miswritten: { a: 'A', 'a++': 'A++' },
    }),
  ),
  ...enumRules({
    ...yesNoExamples,
    column: 'identifier_exists',
    covers: ['F1:identifier_exists'],
    source: specification,
    title: 'identifier_exists is neither yes nor no',
    advice: 'Write no when the maker gave the product no number, otherwise yes.',
  }),
  ...enumRules({
    ...yesNoExamples,
    column: 'adult',
    covers: ['F1:adult'],
    source: specification,
    title: 'adult is neither yes nor no',
    advice: 'Write yes for products that only adults may see, otherwise no.',
  }),
  ...enumRules({
    ...yesNoExamples,
    column: 'is_bundle',
    covers: ['F1:is_bundle'],
    source: prisjakt,
    title: 'is_bundle is neither yes nor no',
    advice: 'Write yes for a set of different products that you put together, otherwise no.',
  }),
];

/** Several values of a closed list, parted by commas. */
function manyOf(
  column: string,
  covers: readonly string[],
  list: ReturnType<typeof enumOf>,
  words: Pick<CellRule, 'title' | 'advice' | 'accepted' | 'refused' | 'fixed'>,
): CellRule {
  return {
    id: `${column}.enum`,
    scope: 'CELL',
    severity: 'WARNING',
    code: 'validation_invalid_enum',
    covers,
    source: specification,
    columns: [column],
    check: (cell) => {
      const { bytes } = cell;
      const end = lastOf(cell);
      let start = firstOf(cell);
      for (let at = start; at <= end; at++) {
        if (at < end && bytes[at] !== 0x2c) continue;
        let last = at;
        while (start < at && bytes[start] === 0x20) start++;
        while (last > start && bytes[last - 1] === 0x20) last--;
        if (!isOneOf(list, bytes, start, last) && !isOneOfFolded(list, bytes, start, last)) return noParams;
        start = at + 1;
      }
      return null;
    },
    fix: (text) => {
      const parts = text.split(/[,;|]/).map((part) => meantBy(list, part));
      return parts.every((part) => part !== null) ? parts.join(',') : null;
    },
    ...words,
  };
}

const sizeTypes = enumOf(['regular', 'petite', 'maternity', 'big', 'tall', 'plus'], {
  plus: ['plus size', 'große größen'],
  maternity: ['umstandsmode'],
});

const destinations = enumOf(
  [
    ...[
      'Shopping_ads',
      'Display_ads',
      'Local_inventory_ads',
      'Free_listings',
      'Free_local_listings',
      'YouTube_Shopping',
    ],
    ...[
      'Shopping ads',
      'Display ads',
      'Local inventory ads',
      'Free listings',
      'Free local listings',
      'YouTube Shopping',
    ],
  ].reverse(),
  { Free_listings: ['surfaces across google', 'free product listings'] },
);

const destinationWords = {
  title: 'A destination is none that is known',
  advice:
    'Write Shopping_ads, Display_ads, Local_inventory_ads, Free_listings, Free_local_listings or YouTube_Shopping, several with commas.',
  accepted: ['Shopping_ads', 'Shopping_ads,Free_listings', 'Display ads', 'shopping_ads, free_listings'],
  refused: ['Shopping', 'Shopping-ads', 'Shopping_ads;Display_ads'],
  fixed: { 'Shopping-ads': 'Shopping_ads', 'Shopping_ads;Display_ads': 'Shopping_ads,Display_ads', Shopping: null },
};

export const closedListRules: readonly Rule[] = [
  availabilityMissing,
  ...closedLists,
  manyOf('size_type', ['F1:size', 'F1:size_type'], sizeTypes, {
    title: 'The size type is none that is known',
    advice: 'Write regular, petite, maternity, big, tall or plus; two with a comma, as in big,tall.',
    accepted: ['regular', 'big,tall', 'big, tall', 'Petite'],
    refused: ['slim', 'big/tall', 'big;tall'],
    fixed: { 'big;tall': 'big,tall', 'Plus-Size': 'plus', slim: null },
  }),
  manyOf('excluded_destination', ['F1:excluded_destination'], destinations, destinationWords),
  manyOf('included_destination', ['F1:included_destination'], destinations, destinationWords),
];
