/** What documentation says of a client, by the variable that stands for it. */
export const facts = {
  title: 'Facts for the documentation',
  missing_one: '{{count}} fact is missing. It stands as a gap in what the client reads.',
  missing_other: '{{count}} facts are missing. They stand as gaps in what the client reads.',
  known_one: '{{count}} fact known',
  known_other: '{{count}} facts known',
  saved: 'Saved: {{name}}',
  shop: { domain: "Shop's domain", myshopifyDomain: 'myshopify.com domain' },
  search: { accountKey: 'Search account key', host: 'Search host', snippet: 'Search snippet' },
  recommendations: { accountKey: 'Recommendations account key', snippet: 'Recommendations snippet' },
  email: { accountKey: 'E-mail account key', sendingDomain: 'Sending domain', snippet: 'E-mail snippet' },
} as const;
