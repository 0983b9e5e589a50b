/** The same numbers for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

const starts =
  'b br c ch cl cr d dr f fl fr g gl gr h j k kl kn l m n p pl pr qu r s sch sh sl sp st str t tr v w z'.split(' ');
const middles = 'a e i o u ai au ea ee ei ie oo ou'.split(' ');
const ends = 'b ck d f g ll m n nd ng nt p r rd rk rt s sh sk st t tt x z'.split(' ');

function words(count: number, random: () => number): string[] {
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] as string;
  const made = new Set<string>();
  while (made.size < count) {
    const parts = 1 + Math.floor(random() * 3);
    made.add(Array.from({ length: parts }, () => pick(starts) + pick(middles)).join('') + pick(ends));
  }
  return [...made];
}

/** A shop of so many products as files: names of a few thousand words, met as words are; brands, three levels of categories. */
export function makeShop(count: number, random: () => number): { feed: string; orders: string; titles: string[] } {
  const vocabulary = words(6_000, random);
  const brands = words(400, random);
  const levels = words(120, random);
  const word = () => vocabulary[Math.floor(vocabulary.length * random() ** 2.5)] as string;
  const titles: string[] = [];
  const lines = Array.from({ length: count }, (_, at) => {
    const brand = brands[Math.floor(brands.length * random() ** 2)] as string;
    const [top, sub] = [Math.floor(random() * 12), Math.floor(random() * 8)];
    const path = `${levels[top]} > ${levels[12 + sub]} > ${levels[20 + Math.floor(random() * 100)]}`;
    const title = `${brand} ${Array.from({ length: 4 + Math.floor(random() * 4) }, word).join(' ')} ${Math.floor(random() * 900)}`;
    titles.push(title);
    const description = Array.from({ length: 30 }, word).join(' ');
    const stock = random() < 0.1 ? 'out_of_stock' : 'in_stock';
    const price = (5 + random() * 200).toFixed(2);
    return `P-${100_000 + at},${title},${description},https://shop.example/p/${at},https://shop.example/i/${at}.jpg,${stock},${price} EUR,${brand},${path},M${at}`;
  });
  const feed = `id,title,description,link,image_link,availability,price,brand,product_type,mpn\n${lines.join('\n')}\n`;
  const orderLines = Array.from({ length: 40_000 }, (_, order) =>
    Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
      const item = 100_000 + Math.floor(count * random() ** 2);
      return `O${order},P-${item},2026-10-${String(1 + (order % 28)).padStart(2, '0')}T10:00:00Z,C${order % 9_000},1,19.90,EUR`;
    }).join('\n'),
  );
  return { feed, orders: `order,item,timestamp,customer,quantity,price,currency\n${orderLines.join('\n')}\n`, titles };
}

/** A letter left out, doubled, taken for another, or two changed round. */
export function oneSlip(word: string, random: () => number): string {
  const at = Math.floor(random() * (word.length - 1));
  const kind = Math.floor(random() * 4);
  if (kind === 0) return word.slice(0, at) + word.slice(at + 1);
  if (kind === 1) return word.slice(0, at) + word.slice(at, at + 1) + word.slice(at);
  if (kind === 2) return `${word.slice(0, at)}${word[at] === 'e' ? 'a' : 'e'}${word.slice(at + 1)}`;
  return `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`;
}
