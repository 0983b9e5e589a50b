import { magento } from '../shared/access.ts';
import { search } from '../shared/search.ts';

/** Site search on Magento. */
export const searchMagento = search('searchMagento', magento);
