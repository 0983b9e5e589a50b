import { feedCsv, kickoffPlan, lavandeRange, ordersCsv } from '../files.ts';
import { sitemapOf } from '../recorded.ts';
import { Story } from '../story.ts';
import { workdayBefore } from '../workdays.ts';

const sitemap = 'https://www.maison-lavande.example/sitemap.xml';

/** In the middle of the product data: a second version of the feed waits for us, the orders wait for them. */
export function lavandeStory(signedWorkdaysAgo: number, now: Date): Story {
  const plan = kickoffPlan(
    'www.maison-lavande.example',
    ['Camille Roussel, direction e-commerce', 'Théo Marchand, développement', 'Mara Lindqvist, Lumen Commerce'],
    [
      ['Access to a theme copy', 'day 2'],
      ['Products searchable', 'day 12'],
      ['Search on the theme copy', 'day 21'],
      ['Live', 'day 33'],
    ],
  );
  return new Story('lavande', signedWorkdaysAgo, now)
    .on(0, '09:10')
    .file('mara', 'kickoffPlan', 'kick-off-plan-maison-lavande.txt', plan)
    .say(
      'mara',
      'kickoffPlan',
      'Bonjour Camille, bonjour Théo. Here is the plan from this morning, with your names and ours.',
    )
    .on(0, '13:05')
    .place('camille', 'sitemap', { url: sitemap }, { pages: sitemapOf(lavandeRange, sitemap), tookMs: 412 })
    .on(0, '14:30')
    .assign('mara', 'feed', 'theo')
    .assign('mara', 'orders', 'camille')
    .assign('mara', 'indexReport', 'nia')
    .assign('mara', 'liveCheck', 'mara')
    .assign('mara', 'relevanceReport', 'pavel')
    .on(1, '08:50')
    .url('theo', 'themePreview', 'https://www.maison-lavande.example/?preview_theme_id=158204417321')
    .say('theo', 'themePreview', 'Theme: Impulse 7.4. Search is the one of the theme today, no app.')
    .on(1, '10:15')
    .approve('mara', 'themePreview')
    .on(1, '11:20')
    .signOff('theo', 'themePreview')
    .rate('theo', 'themePreview', 5, 'Clear steps, and an answer within the hour.')
    .on(1, '12:05')
    .rate('camille', 'themePreview', 4)
    .on(1, '13:40')
    .start('theo', 'feed')
    .file(
      'theo',
      'feed',
      'produits-maison-lavande.csv',
      feedCsv(lavandeRange, { hasDecimalComma: true, hasImages: false }),
    )
    .on(2, '08:30')
    .sayInside(
      'mara',
      'feed',
      'Went through their spreadsheet, one can see it. Prices with a comma, images all gone. I ask for the untouched export.',
    )
    .say(
      'mara',
      'feed',
      'Two things stop us: prices are written as "24,00 €" and should be "24.00 EUR", and image_link is empty in every row. The export straight from Shopify has both right; please send it without opening it in Excel.',
    )
    .say('mara', 'feed', 'Théo, the ids and the descriptions are very good already. It is only the two points above.')
    .on(2, '09:25')
    .say('theo', 'feed', 'Understood, it was Excel. I write a small script so that it does not happen again.')
    .on(2, '12:45')
    .note(
      'theo',
      'feed',
      'Columns as agreed: price with a point and EUR, image_link from the CDN, one row per variant.',
      'Open: gift boxes have no stock of their own. Availability is that of the part that is short. To be checked with Camille.',
    )
    .on(3, '09:00')
    .file(
      'camille',
      'orders',
      'commandes-90-jours.csv',
      ordersCsv(lavandeRange, workdayBefore(now, 3), { withNames: true }),
    )
    .on(3, '14:10')
    .start('theo', 'brand')
    .on(4, '08:15')
    .say(
      'mara',
      'orders',
      'The check found the column "Billing Name" and sent the file back by itself. The command in step 3 leaves it out and keeps the seven columns that we need; nobody here has read the names.',
    )
    .on(4, '09:20')
    .say(
      'camille',
      'orders',
      'Oh, sorry, I exported it by hand. Théo will run the command, you have the new file this week.',
    )
    .on(4, '13:30')
    .file('theo', 'feed', 'produits-maison-lavande-v2.csv', feedCsv(lavandeRange))
    .say(
      'theo',
      'feed',
      'Version 2, straight from our script: prices with a point, all images there. Is it what you need?',
    );
}
