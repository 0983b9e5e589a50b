import { magento } from '../shared/access.ts';
import { recommendations } from '../shared/recommendations.ts';

/** Product recommendations on Magento. */
export const recommendationsMagento = recommendations('recommendationsMagento', magento);
