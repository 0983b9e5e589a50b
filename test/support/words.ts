import { addApiWords } from '../../client/words/api.ts';
import { addAuthorWords } from '../../client/words/authors.ts';
import { addCourtWords } from '../../client/words/court.ts';
import { firstLookMocks } from '../../client/words/en/firstLookMocks.ts';
import { addFirstLookScreenWords } from '../../client/words/firstLookScreen.ts';
import { addInboxWords } from '../../client/words/inbox.ts';
import { createWords } from '../../client/words/index.ts';
import { addInvitationWords } from '../../client/words/invitation.ts';
import { addKeysWords } from '../../client/words/keys.ts';
import { addNewIntegrationWords } from '../../client/words/newIntegration.ts';
import { addOverviewWords } from '../../client/words/overview.ts';
import { addReportWords } from '../../client/words/reports.ts';
import { addSettingsWords } from '../../client/words/settings.ts';
import { addSignInWords } from '../../client/words/signIn.ts';
import { addTaskWords } from '../../client/words/task.ts';
import { addTemplateUpdateWords } from '../../client/words/templateUpdate.ts';

/** The words of the page, for finding things by what people read and hear. */
const words = createWords();
addApiWords(words);
addAuthorWords(words);
addCourtWords(words);
addTemplateUpdateWords(words);
addInboxWords(words);
addInvitationWords(words);
addKeysWords(words);
addReportWords(words);
addFirstLookScreenWords(words);
addNewIntegrationWords(words);
addOverviewWords(words);
addSettingsWords(words);
addSignInWords(words);
addTaskWords(words);
// The mocks have them of the page around, so they are in no catalogue of a page.
words.addResourceBundle('en', 'translation', { firstLookMocks }, true, true);
export const t = words.t;
