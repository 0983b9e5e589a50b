/** The card on the project's screen, as a client is told. The screen behind it has words of its own, and so have the mocks. */
export const firstLook = {
  card: {
    label: 'First look',
    emptyTitle: 'See your own products in it',
    empty:
      'Within a minute of your product feed, a working mock of what you bought stands here, filled with your own products.',
    refusedTitle: 'Nearly there',
    refused_one:
      '{{shown}} of {{total}} products in your feed is usable. Mend the rest, and your first look stands here.',
    refused_other:
      '{{shown}} of {{total}} products in your feed are usable. Mend the rest, and your first look stands here.',
    underWay: 'Your feed is being looked at. The first look follows within a minute.',
    buildingTitle: 'Your first look is being made',
    building: 'We are putting your products into it. This takes less than a minute.',
    reading: 'We are looking at your website for products. This takes less than a minute.',
    retryFailed: 'This did not reach us. Check your connection, then try again.',
    readyTitle: 'Your shop with your own products',
    search_one: 'Search {{shown}} product',
    search_other: 'Search {{shown}} products',
    others: 'Or look at',
    open: 'Open it',
    website: 'From your website. Your product feed replaces it as soon as it is in.',
    all_one: '{{shown}} product from your feed, all of it usable.',
    all_other: '{{shown}} products from your feed, all of them usable.',
    some: '{{usable}} of {{total}} products usable.',
    someLink: 'Fix the others to see the rest',
    sampled: '{{shown}} of them are shown, spread evenly over the feed.',
    passedOver: {
      REFUSED:
        'Your newer file of {{day}} was refused, with {{usable}} of {{total}} products usable. We keep showing those of the last good one.',
      FEWER_USABLE:
        'In your newer file of {{day}} fewer products are usable, {{usable}} of {{total}}. We keep showing those of before.',
      NOTHING_USABLE: 'In your newer file of {{day}} no product is usable yet. We keep showing those of before.',
    },
    passedOverLink: 'See what was found in it',
    mending: 'A newer feed is on its way:',
    renewing: 'A newer one is being made.',
    pictures: 'Some of the products in it',
    feedTask: 'Next: {{title}}',
    problem: {
      NO_WEBSITE: 'We know no address of your shop. Your product feed brings the first look.',
      FORBIDDEN:
        'Your shop asks programs to stay away from its pages, and we do. Your product feed brings the first look.',
      UNREACHABLE: 'Your shop did not answer us. Your product feed brings the first look.',
      NO_PRODUCTS: 'We found no product in your shop that we could show. A product feed brings the first look.',
      BUILD_FAILED: 'Our side broke while we made it. We are looking into it; what you sent is kept.',
    },
    problemNewer: 'The newest products could not be taken in, so those of before are shown.',
  },
} as const;
