import { custom } from '../shared/access.ts';
import { recommendations } from '../shared/recommendations.ts';

/** Product recommendations on a shop system of the client's own. */
export const recommendationsCustom = recommendations('recommendationsCustom', custom);
