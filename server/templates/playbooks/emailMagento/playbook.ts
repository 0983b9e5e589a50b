import { magento } from '../shared/access.ts';
import { email } from '../shared/email.ts';

/** E-mail on Magento. */
export const emailMagento = email('emailMagento', magento);
