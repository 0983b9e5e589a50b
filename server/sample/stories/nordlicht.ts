import {
  feedCsv,
  kickoffPlan,
  nordlichtAttributes,
  nordlichtIndexReport,
  nordlichtLogo,
  nordlichtRange,
  nordlichtRelevanceReport,
  nordlichtSynonyms,
  ordersCsv,
} from '../files.ts';
import { sitemapOf } from '../recorded.ts';
import { Story } from '../story.ts';

const shop = 'https://www.nordlicht-outdoor.example';
const sitemap = `${shop}/sitemap.xml`;
const feed = 'https://feeds.nordlicht-outdoor.example/search-7f3c.csv';
const previewTheme = 'preview_theme_id=149270118645';

/** Weeks of work, and shortly before going live: the client's own test is what is left. */
export function nordlichtStory(signedWorkdaysAgo: number, now: Date): Story {
  const story = new Story('nordlicht', signedWorkdaysAgo, now);
  access(story);
  data(story);
  build(story);
  test(story);
  return story;
}

function access(story: Story): void {
  const plan = kickoffPlan(
    'www.nordlicht-outdoor.example',
    ['Anneke Petersen, head of online shop', 'Karim Yıldız, development', 'Tom Okafor, Lumen Commerce'],
    [
      ['Access to a theme copy', 'day 3'],
      ['Products searchable', 'day 11'],
      ['Search on the theme copy', 'day 21'],
      ['Live', 'day 33'],
    ],
  );
  story
    .on(0, '13:20')
    .file('tom', 'kickoffPlan', 'kick-off-plan-nordlicht.txt', plan)
    .say('tom', 'kickoffPlan', 'Moin Anneke, moin Karim, here is what we agreed on today. Shout if I got a name wrong.')
    .assign('tom', 'liveCheck', 'nia')
    .on(1, '08:05')
    .say(
      'anneke',
      'kickoffPlan',
      'All fine. Please note the code freeze in the two weeks of our autumn sale, Karim has the dates.',
    )
    .place('anneke', 'sitemap', { url: sitemap }, { pages: sitemapOf(nordlichtRange, sitemap), tookMs: 388 })
    .on(2, '09:40')
    .url('karim', 'themePreview', `${shop}/?${previewTheme}`)
    .on(3, '08:20')
    .approve('tom', 'themePreview')
    .on(3, '10:10')
    .signOff('karim', 'themePreview')
    .rate('karim', 'themePreview', 5)
    .on(3, '11:30')
    .rate('anneke', 'themePreview', 4, 'We knew at every step what comes next.');
}

function data(story: Story): void {
  story
    .on(2, '12:10')
    .file('anneke', 'feed', 'nordlicht-produkte.csv', feedCsv(nordlichtRange, { hasDecimalComma: true }))
    .on(3, '08:35')
    .say(
      'tom',
      'feed',
      'Only the prices are left: "189,00 €" should be 189.00 EUR, with a point and the code. Everything else is good.',
    )
    .on(3, '09:20')
    .promise('karim', 'feed', 1)
    .on(4, '10:00')
    .file('karim', 'feed', 'nordlicht-produkte-v2.csv', feedCsv(nordlichtRange))
    .on(5, '08:10')
    .approve('tom', 'feed')
    .on(5, '11:15')
    .file('anneke', 'orders', 'bestellungen-90-tage.csv', ordersCsv(nordlichtRange, story.today))
    .on(6, '09:05')
    .approve('tom', 'orders')
    .say('tom', 'orders', '98 % of the lines matched a product. That is the best first file in a while.')
    .on(7, '13:00')
    .file('anneke', 'attributes', 'filter-nordlicht.csv', nordlichtAttributes.replace('vendor,Marke,filter,a-z\n', ''))
    .on(7, '14:30')
    .requestChanges(
      'tom',
      'attributes',
      'The brand is missing, and it is the filter that your visitors use most. Please add it; everything else is right.',
    )
    .on(8, '08:05')
    .file('anneke', 'attributes', 'filter-nordlicht-v2.csv', nordlichtAttributes)
    .on(8, '08:45')
    .approve('tom', 'attributes')
    .on(9, '14:00')
    .place(
      'karim',
      'feedUrl',
      { url: feed },
      { pages: { [feed]: { type: 'text/csv', body: feedCsv(nordlichtRange) } }, tookMs: 935 },
    )
    .on(11, '07:50')
    .approve('tom', 'feedUrl')
    .file('tom', 'indexReport', 'first-index-nordlicht.csv', nordlichtIndexReport)
    .say(
      'tom',
      'indexReport',
      'Your products are searchable, 57 of 57 variants. One weak filter: weight is known of a third of them only. Leave it out for now?',
    )
    .on(11, '13:25')
    .say('anneke', 'indexReport', 'Yes, leave it out. We fill in the weights over the winter.')
    .rate('anneke', 'indexReport', 4)
    .on(11, '14:10')
    .signOff('karim', 'indexReport', 'Without the filter by weight, as agreed with Anneke.')
    .rate('karim', 'indexReport', 3, 'Two rounds for the prices were one too many; the rest was quick.');
}

function build(story: Story): void {
  story
    .on(12, '09:30')
    .file('anneke', 'brand', 'nordlicht-logo.svg', nordlichtLogo)
    .on(13, '08:00')
    .approve('tom', 'brand')
    .on(14, '12:20')
    .file('anneke', 'synonyms', 'synonyme-nordlicht.csv', nordlichtSynonyms)
    .on(15, '08:30')
    .approve('tom', 'synonyms')
    .on(15, '09:15')
    .start('karim', 'snippet')
    .on(16, '13:10')
    .say(
      'karim',
      'snippet',
      'The results come up, but on phones they jump once while loading. Do I do something wrong?',
    )
    .on(16, '13:55')
    .say(
      'tom',
      'snippet',
      'Not you: your speed app delays our script. Exclude our host there, step 4 of the common mistakes, and it stands still.',
    )
    .sayInside('tom', 'snippet', 'Third shop this quarter with that speed app. Worth a line in the onboarding call.')
    .on(17, '08:25')
    .url('karim', 'snippet', `${shop}/search?q=regenjacke&${previewTheme}`)
    .on(18, '09:10')
    .approve('tom', 'snippet')
    .on(19, '10:30')
    .url('karim', 'tracking', `${shop}/products/trail-regenjacke-blau`)
    .on(21, '08:40')
    .approve('tom', 'tracking')
    .say(
      'tom',
      'tracking',
      'Two days of events, 1,204 carts and 311 orders, all with consent. They match your own figures within one per cent.',
    )
    .on(21, '10:40')
    .rate('anneke', 'tracking', 5, 'It looks like ours, and it is faster than before.');
}

function test(story: Story): void {
  story
    .on(23, '12:30')
    .file('tom', 'relevanceReport', 'relevance-nordlicht.csv', nordlichtRelevanceReport)
    .say(
      'tom',
      'relevanceReport',
      'The report on your most frequent searches is here. Weakest row: "daunenjacke herren", because many titles do not say for whom the jacket is.',
    )
    .on(24, '08:15')
    .say(
      'anneke',
      'relevanceReport',
      '"wanderstöcke" from nothing to 0.93, that alone was worth it. We add "Herren" and "Damen" to the titles this week.',
    )
    .on(24, '09:00')
    .assign('tom', 'uat', 'anneke')
    .on(25, '08:30')
    .start('anneke', 'uat')
    .say(
      'anneke',
      'uat',
      'We started: Lea from customer service and our trainee test with me. 14 of 18 rows done, no red one so far.',
    )
    .note(
      'anneke',
      'uat',
      'Testers: Anneke (range), Lea (customer service), Finn (trainee, first week).',
      'Done on Android and in Firefox. Open: iPhone, keyboard only, search for returns.',
    )
    .on(26, '08:10')
    .say(
      'tom',
      'uat',
      'Very good. Once the sheet is here the checklist opens. Does Tuesday morning suit you for going live?',
    )
    .on(26, '09:45')
    .say(
      'karim',
      'uat',
      'Tuesday works, I am there from eight. The theme copy has all changes of the live theme since this morning.',
    )
    .on(26, '10:20')
    .sayInside(
      'tom',
      'goLiveChecklist',
      'Watch out: their sale ends on Monday night. If that moves, we go live a day later, not earlier.',
    );
}
