import { custom } from '../shared/access.ts';
import { email } from '../shared/email.ts';

/** E-mail on a shop system of the client's own. */
export const emailCustom = email('emailCustom', custom);
