/** What a shop could be, to preview documentation with. Made up, every address of it. */
export const exampleFacts: Readonly<Record<string, string>> = {
  'account.id': '0192f3a4-5b6c-7d8e-9f01-23456789abcd',
  'account.name': 'Alpenrose',
  'company.name': 'Our company',
  'pm.name': 'Maya Okafor',
  'pm.email': 'maya@company.example',
  'shop.domain': 'www.alpenrose.example',
  'shop.myshopifyDomain': 'alpenrose.myshopify.com',
  'search.accountKey': 'ak_7f3c19d2',
  'search.host': 'search.company.example',
  'search.snippet': '<script async src="https://search.company.example/v3/ak_7f3c19d2.js"></script>',
  'recommendations.accountKey': 'rk_51be08aa',
  'recommendations.snippet': '<script async src="https://recs.company.example/v2/rk_51be08aa.js"></script>',
  'email.accountKey': 'ek_c204f7d9',
  'email.sendingDomain': 'news.alpenrose.example',
  'email.snippet': '<script async src="https://mail.company.example/v1/ek_c204f7d9.js"></script>',
};
