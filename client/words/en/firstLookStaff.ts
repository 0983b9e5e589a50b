/** What the card and the screen of a first look say to the company, where a client is told otherwise: the keys are the card's. */
export const firstLookStaff = {
  staff: {
    emptyTitle: 'No first look yet',
    empty: 'Within a minute of the first good product feed, a working mock with the client’s own products stands here.',
    refused_one:
      '{{shown}} of {{total}} products in the client’s feed is usable. Once the rest is mended, the first look stands here.',
    refused_other:
      '{{shown}} of {{total}} products in the client’s feed are usable. Once the rest is mended, the first look stands here.',
    underWay: 'The client’s feed is being looked at. The first look follows within a minute.',
    buildingTitle: 'The first look is being made',
    building: 'We are putting the client’s products into it. This takes less than a minute.',
    reading: 'We are looking at their website for products. This takes less than a minute.',
    readyTitle: 'The client’s shop with their own products',
    website: 'From their website. The product feed replaces it as soon as it is in.',
    all_one: '{{shown}} product from the client’s feed, all of it usable',
    all_other: '{{shown}} products from the client’s feed, all of them usable',
    someLink: 'See what keeps the others out',
    passedOver: {
      REFUSED:
        'The client’s newer file of {{day}} was refused, with {{usable}} of {{total}} products usable. Those of the last good one stay.',
      FEWER_USABLE:
        'In the client’s newer file of {{day}} fewer products are usable, {{usable}} of {{total}}. Those of before stay.',
      NOTHING_USABLE: 'In the client’s newer file of {{day}} no product is usable yet. Those of before stay.',
    },
    feedTask: 'The client’s next step: {{title}}',
    problem: {
      NO_WEBSITE: 'We know no address of the client’s shop. Their product feed brings the first look.',
      FORBIDDEN:
        'The client’s shop asks programs to stay away from its pages, and we do. Their product feed brings the first look.',
      UNREACHABLE: 'The client’s shop did not answer us. Their product feed brings the first look.',
      NO_PRODUCTS: 'We found no product in the client’s shop that we could show. A product feed brings the first look.',
      BUILD_FAILED: 'Our side broke while it was made. What the client sent is kept.',
    },
  },
} as const;
