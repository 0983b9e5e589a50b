import { expect, test } from 'vitest';
import { authorityProblem, UrlProblem } from '../../../server/submissions/validation/rules/common/urls.ts';

test.each([
  ['https://shop.example/p/1', 'none'],
  ['http://', 'noHost'],
  ['https://', 'noHost'],
  ['https:/', 'scheme'],
  ['http:/', 'scheme'],
  ['http', 'notAbsolute'],
  ['shop.example/p', 'notAbsolute'],
  ['ftp://shop.example', 'scheme'],
  ['https://shop', 'localHost'],
  ['https://shop..example', 'host'],
  ['https://u:p@shop.example', 'userInfo'],
  ['https://shop.example:http', 'port'],
] as const)('%s: %s, whatever stands behind it in the file', (text, problem) => {
  for (const behind of ['', '/', '//shop.example', ',a']) {
    const bytes = Buffer.from(`;${text}${behind}`);
    expect(authorityProblem(bytes, 1, 1 + text.length)).toBe(UrlProblem[problem]);
  }
});
