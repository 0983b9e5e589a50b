import { serveTasks } from '../../platform/threads/serveTasks.ts';
import { LoadedIndexes } from './asking.ts';
import { buildFeed, buildProducts } from './building.ts';

/* What runs in a thread: makes indexes of products, and asks them. It knows no database. */
const indexes = new LoadedIndexes();
serveTasks({
  feed: buildFeed,
  products: buildProducts,
  ask: (order: Parameters<LoadedIndexes['ask']>[0]) => indexes.ask(order),
  image: (order: Parameters<LoadedIndexes['image']>[0]) => indexes.image(order),
});
