import { describe, expect, test } from 'vitest';
import {
  fieldsOf,
  tellsScopes,
  testPlatforms,
  withFieldsOf,
} from '../../client/features/templates/checks/credentials.ts';
import { credentialsCalls, credentialsPlatforms } from '../../server/inputs.ts';

describe('the fields that credentials are tried with', () => {
  test('are the same to the editor of templates and to the server', () => {
    expect([...testPlatforms]).toEqual([...credentialsPlatforms]);
    const known = testPlatforms.map((one) => [one, { fields: fieldsOf[one], tellsScopes: tellsScopes(one) }]);
    expect(Object.fromEntries(known)).toEqual(credentialsCalls);
  });

  test('are added with a platform and must be given, and what the author asked for besides stays', () => {
    const labelOf = (key: string) => `L ${key}`;
    const own = { key: 'fieldx1', label: 'Password of the test shop', isSecret: true, isRequired: false };
    const empty = { key: 'fieldx2', label: ' ', isSecret: true, isRequired: true };
    const woo = withFieldsOf('WOOCOMMERCE', [own, empty], labelOf);
    expect(woo).toEqual([
      { key: 'address', label: 'L address', isSecret: false, isRequired: true },
      { key: 'consumerKey', label: 'L consumerKey', isSecret: true, isRequired: true },
      { key: 'consumerSecret', label: 'L consumerSecret', isSecret: true, isRequired: true },
      own,
    ]);
    const renamed = woo.map((field) =>
      field.key === 'address' ? { ...field, label: 'Where it is', isRequired: false } : field,
    );
    expect(withFieldsOf('MAGENTO', renamed, labelOf)).toEqual([
      { key: 'address', label: 'Where it is', isSecret: false, isRequired: true },
      { key: 'token', label: 'L token', isSecret: true, isRequired: true },
      own,
    ]);
  });
});
