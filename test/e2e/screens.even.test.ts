import { screens } from './screenList.ts';
import { screensHold } from './screensHold.ts';

// Two halves of one list, so that both processors have work.
screensHold(screens.filter((_, index) => index % 2 === 0));
