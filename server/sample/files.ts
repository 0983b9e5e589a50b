import { createHash } from 'node:crypto';

export type Range = { shop: string; cdn: string; currency: string; brands: string[]; lines: Line[] };
/** One style of product: its sizes become variants. */
export type Line = { name: string; type: string; price: number; about: string; colors: string[]; sizes: string[] };

const feedHeader =
  'id,title,description,link,image_link,availability,price,sale_price,brand,mpn,product_type,color,size';

export const lavandeRange: Range = {
  shop: 'https://www.maison-lavande.example',
  cdn: 'https://cdn.maison-lavande.example',
  currency: 'EUR',
  brands: ['Maison Lavande', 'Atelier du Luberon'],
  lines: [
    line(
      'Savon de Marseille',
      'Soin > Savons',
      6.9,
      'Savon solide à l’huile d’olive, 300 g',
      ['olive', 'lavande', 'miel'],
      ['300 g', '600 g'],
    ),
    line(
      'Eau de linge',
      'Maison > Linge',
      14.5,
      'Brume parfumée pour le linge',
      ['lavande', 'coton', 'figue'],
      ['250 ml', '500 ml'],
    ),
    line(
      'Bougie parfumée',
      'Maison > Bougies',
      24,
      'Cire végétale, 40 heures',
      ['lavande', 'figue', 'thé vert', 'ambre'],
      ['180 g', '400 g'],
    ),
    line(
      'Crème mains',
      'Soin > Mains',
      9.9,
      'Beurre de karité et lavande fine',
      ['lavande', 'amande'],
      ['30 ml', '75 ml'],
    ),
    line(
      'Sachet de lavande',
      'Maison > Senteurs',
      5.5,
      'Fleurs séchées de Sault',
      ['écru', 'violet'],
      ['lot de 1', 'lot de 3', 'lot de 6'],
    ),
    line(
      'Huile essentielle',
      'Soin > Huiles',
      12.9,
      'Lavande fine AOP, distillée à Sault',
      ['lavande fine', 'lavandin'],
      ['10 ml', '30 ml'],
    ),
    line(
      'Torchon brodé',
      'Maison > Cuisine',
      16,
      'Coton biologique, brodé à la main',
      ['écru', 'bleu', 'violet'],
      ['50 x 70'],
    ),
  ],
};

export const nordlichtRange: Range = {
  shop: 'https://www.nordlicht-outdoor.example',
  cdn: 'https://cdn.nordlicht-outdoor.example',
  currency: 'EUR',
  brands: ['Nordlicht', 'Brekka', 'Kaltwasser'],
  lines: [
    line(
      'Trail Regenjacke',
      'Jacken > Regen',
      189,
      'Drei Lagen, 20.000 mm Wassersäule',
      ['blau', 'oliv', 'rot'],
      ['S', 'M', 'L', 'XL'],
    ),
    line(
      'Merino Shirt 150',
      'Oberteile > Funktion',
      69.95,
      'Merinowolle, mulesingfrei',
      ['schwarz', 'blau', 'grau'],
      ['S', 'M', 'L', 'XL'],
    ),
    line(
      'Softshell Hose',
      'Hosen > Wandern',
      119,
      'Winddicht, in vier Richtungen dehnbar',
      ['schwarz', 'oliv'],
      ['46', '48', '50', '52', '54'],
    ),
    line(
      'Tourenrucksack 35',
      'Rucksäcke > Touren',
      149.95,
      '35 Liter, Rückenlänge verstellbar',
      ['blau', 'orange'],
      ['M', 'L'],
    ),
    line('Daunenjacke Polar', 'Jacken > Daune', 249, '750 cuin, 310 Gramm', ['schwarz', 'rot'], ['S', 'M', 'L', 'XL']),
    line(
      'Wandersocke',
      'Socken',
      19.5,
      'Merino, gepolstert an Ferse und Ballen',
      ['grau', 'blau'],
      ['36-38', '39-41', '42-44', '45-47'],
    ),
    line(
      'Trekkingstock Paar',
      'Ausrüstung > Stöcke',
      89.95,
      'Carbon, dreiteilig, 420 Gramm',
      ['schwarz'],
      ['110-130', '120-145'],
    ),
    line('Zelt Solo', 'Ausrüstung > Zelte', 329, 'Eine Person, 1,3 Kilogramm', ['oliv'], ['1P']),
  ],
};

function line(name: string, type: string, price: number, about: string, colors: string[], sizes: string[]): Line {
  return { name, type, price, about, colors, sizes };
}

type FeedOptions = {
  /** Writes prices as people in Germany and France do; that is what gets a feed sent back. */
  hasDecimalComma?: boolean;
  hasImages?: boolean;
};

/** A product feed: one row per variant. */
export function feedCsv(range: Range, { hasDecimalComma = false, hasImages = true }: FeedOptions = {}): string {
  const money = (amount: number) => {
    const text = amount.toFixed(2);
    return hasDecimalComma ? `${text.replace('.', ',')} €` : `${text} ${range.currency}`;
  };
  const rows = range.lines.flatMap((style, at) =>
    style.colors.flatMap((color) =>
      style.sizes.map((size, nth) => {
        const handle = slug(`${style.name} ${color}`);
        return csvRow([
          skuOf(style, color, size),
          `${style.name} ${color}, ${size}`,
          style.about,
          productUrl(range, style, color),
          hasImages ? `${range.cdn}/${handle}.jpg` : '',
          (at + nth) % 7 === 6 ? 'out_of_stock' : 'in_stock',
          money(style.price),
          at % 3 === 1 ? money(style.price * 0.8) : '',
          range.brands[at % range.brands.length] ?? '',
          skuOf(style, color, size).toUpperCase().slice(0, 70),
          style.type,
          color,
          size,
        ]);
      }),
    ),
  );
  return `${feedHeader}\n${rows.join('\n')}\n`;
}

const orderCount = 120;
const hoursBetweenOrders = 18;
const buyerCount = 47;

/**
 * 90 days of orders before `until` (YYYY-MM-DD), as the Shopify admin exports them, without what it exports of people: a
 * hash stands for who bought, as the task's page makes it.
 */
export function ordersCsv(range: Range, until: string, { withNames = false } = {}): string {
  const buyers = ['Exemple Un', 'Exemple Deux', 'Exemple Trois'];
  const rows = Array.from({ length: orderCount }, (_, at) => {
    const style = range.lines[(at * 5) % range.lines.length] as Line;
    const sku = skuOf(style, style.colors[at % style.colors.length] ?? '', style.sizes[at % style.sizes.length] ?? '');
    const placed = Date.parse(`${until}T07:30:00Z`) - (orderCount - at) * hoursBetweenOrders * 3_600_000;
    const createdAt = `${new Date(placed).toISOString().slice(0, 19).replace('T', ' ')} +0000`;
    const buyer = createHash('sha256')
      .update(`${range.shop} buyer ${(at * 7) % buyerCount}`)
      .digest('hex')
      .slice(0, 16);
    const price = style.price.toFixed(2);
    const row = [`#${10_400 + at}`, createdAt, sku, String(1 + (at % 3)), price, range.currency, buyer];
    return csvRow(withNames ? [...row, buyers[at % buyers.length] ?? ''] : row);
  });
  const header = 'Name,Created at,Lineitem sku,Lineitem quantity,Lineitem price,Currency,Customer ID';
  return `${withNames ? `${header},Billing Name` : header}\n${rows.join('\n')}\n`;
}

export function kickoffPlan(shop: string, people: string[], days: [string, string][]): string {
  const road = days.map(([what, when]) => `  ${when.padEnd(10)} ${what}`);
  return [`Kick-off plan: site search for ${shop}`, '', 'People', ...people.map((person) => `  ${person}`)]
    .concat(['', 'Milestones (working days after the signature)', ...road])
    .concat(['', 'Left out on purpose', '  Blog search, recommendations, second storefront', ''])
    .join('\n');
}

export const nordlichtAttributes = `source,label,use,sort
option.Größe,Größe,filter,by size
option.Farbe,Farbe,filter,by count
vendor,Marke,filter,a-z
metafield.specs.wassersaeule_mm,Wassersäule,filter,numeric
metafield.specs.gewicht_g,Gewicht,filter,numeric
metafield.custom.material,Material,filter,a-z
tag.saison_,Saison,match,
metafield.intern.lieferant,,ignore,
`;

export const nordlichtSynonyms = `type,words,target
both,regenjacke|hardshell|regenmantel,
both,rucksack|backpack,
oneway,softshell,jacke
oneway,daune,daunenjacke
both,trekkingstöcke|wanderstöcke|walking poles,
redirect,rückgabe|umtausch|retoure,https://www.nordlicht-outdoor.example/pages/rueckgabe
redirect,größentabelle,https://www.nordlicht-outdoor.example/pages/groessen
redirect,gutschein,https://www.nordlicht-outdoor.example/products/gutschein
`;

export const nordlichtIndexReport = `check,count,remark
variants received,57,feed of the second version
variants indexed,57,
products without an image,0,
products without a description,0,
weak filter: Gewicht,17,answered by under a third of the products
duplicates,0,
prices of zero,0,
`;

export const nordlichtRelevanceReport = `query,searches_90d,score_now,score_new,reason
regenjacke,4120,0.61,0.92,
merino shirt,2810,0.72,0.95,
rucksack 35l,1930,0.44,0.88,size was not read from the title before
softshell,1610,0.70,0.84,
daunenjacke herren,1480,0.52,0.71,gender only in 60 per cent of the titles
wanderstöcke,990,0.00,0.93,synonym
zelt,870,0.81,0.90,
größentabelle,640,0.00,1.00,redirect
kinder fleece,310,0.40,0.55,not in the range; page with alternatives
`;

export const nordlichtLogo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 60" role="img" aria-label="Nordlicht Outdoor">
  <path d="M8 52 L34 10 L52 38 L60 26 L76 52 Z" fill="#0a6c74"/>
  <path d="M34 10 L42 22 L34 27 L27 21 Z" fill="#ffffff"/>
  <path d="M92 44 V18 h6 l14 17 V18 h6 v26 h-6 L98 27 v17 Z" fill="#1d2b36"/>
  <circle cx="140" cy="31" r="11" fill="none" stroke="#1d2b36" stroke-width="5"/>
</svg>
`;

/** Where a style stands in the shop, in one of its colours. */
export function productUrl(range: Range, style: Line, color: string): string {
  return `${range.shop}/products/${slug(`${style.name} ${color}`)}`;
}

function skuOf(style: Line, color: string, size: string): string {
  return `${slug(style.name)}-${slug(color)}-${slug(size)}`;
}

function csvRow(cells: string[]): string {
  return cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}

function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss');
  return plain
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
