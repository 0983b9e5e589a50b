import { custom } from '../shared/access.ts';
import { search } from '../shared/search.ts';

/** Site search on a shop system of the client's own. */
export const searchCustom = search('searchCustom', custom);
