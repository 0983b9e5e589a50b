import { createWords } from '../../client/words/index.ts';

/** The words of the page, for finding things by what people read and hear. */
export const t = createWords().t;
