import { screens } from './screenList.ts';
import { screensHold } from './screensHold.ts';

screensHold(screens.filter((_, index) => index % 2 === 1));
