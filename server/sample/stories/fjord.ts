import { kickoffPlan } from '../files.ts';
import { Story } from '../story.ts';

/** Just kicked off: access is under way, and one small thing has been forgotten. */
export function fjordStory(signedWorkdaysAgo: number, now: Date): Story {
  const plan = kickoffPlan(
    'www.fjord-and-field.example',
    ['Ingrid Solheim, e-commerce (decides)', 'Jonas Bakke, theme and data', 'Mara Lindqvist, Lumen Commerce'],
    [
      ['Access to a theme copy', 'day 4'],
      ['Products searchable', 'day 12'],
      ['Search on the theme copy', 'day 21'],
      ['Live', 'day 33'],
    ],
  );
  return new Story('fjord', signedWorkdaysAgo, now)
    .on(0, '12:10')
    .sayInside(
      'mara',
      'kickoffPlan',
      'Sales promised them the new search before their winter sale. The plan holds if the feed comes within the first week.',
    )
    .on(1, '08:20')
    .file('mara', 'kickoffPlan', 'kick-off-plan-fjord-and-field.txt', plan)
    .say(
      'mara',
      'kickoffPlan',
      'Good morning Ingrid, good morning Jonas, and thank you for the call yesterday. This is the plan as we agreed on it. If a date does not fit, say so here and I will move it.',
    )
    .on(1, '09:35')
    .say(
      'ingrid',
      'kickoffPlan',
      'Thank you Mara, the dates work for us. Jonas looks after the theme and the data, I sign things off.',
    )
    .on(1, '10:05')
    .assign('mara', 'themePreview', 'jonas')
    .assign('mara', 'feed', 'jonas')
    .assign('mara', 'sitemap', 'ingrid')
    .assign('mara', 'indexReport', 'nia')
    .assign('mara', 'liveCheck', 'mara')
    .assign('mara', 'relevanceReport', 'nia')
    .on(1, '10:40')
    .promise('ingrid', 'sitemap', 1)
    .on(1, '13:15')
    .say(
      'jonas',
      'feed',
      'A question before I export: we sell in Norway and Sweden from one shop. Do you want one file with both, or one for each market?',
    )
    .on(1, '13:50')
    .say(
      'mara',
      'feed',
      'One file with the prices of your main market is right for the start. Sweden follows once Norway is live; the ids stay the same, so you lose nothing.',
    )
    .on(2, '08:40')
    .say(
      'jonas',
      'themePreview',
      'We are on Dawn with a header of our own. I duplicate it after our release tonight and send the link tomorrow.',
    )
    .start('jonas', 'themePreview')
    .on(2, '14:20')
    .sayInside(
      'mara',
      'sitemap',
      'Only the address is missing here. I call Ingrid if it has not come by tomorrow noon.',
    );
}
