import { addAuthorWords } from '../../client/words/authors.ts';
import { addFirstLookWords } from '../../client/words/firstLook.ts';
import { createWords } from '../../client/words/index.ts';
import { addReportWords } from '../../client/words/reports.ts';

/** The words of the page, for finding things by what people read and hear. */
const words = createWords();
addAuthorWords(words);
addReportWords(words);
addFirstLookWords(words);
export const t = words.t;
