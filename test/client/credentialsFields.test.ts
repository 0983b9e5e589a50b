import { describe, expect, test } from 'vitest';
import {
  fieldsOf,
  type TestPlatform,
  tellsScopes,
  testPlatforms,
  withFieldsOf,
} from '../../client/features/templates/checks/credentials.ts';
import { credentialsCalls, credentialsPlatforms } from '../../server/inputs.ts';

type Fields = Parameters<typeof withFieldsOf>[1];

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
    const woo = withFieldsOf({ platform: 'WOOCOMMERCE', before: null }, [own, empty], labelOf);
    expect(woo).toEqual([
      { key: 'address', label: 'L address', isSecret: false, isRequired: true },
      { key: 'consumerKey', label: 'L consumerKey', isSecret: true, isRequired: true },
      { key: 'consumerSecret', label: 'L consumerSecret', isSecret: true, isRequired: true },
      own,
    ]);
    const renamed = woo.map((field) =>
      field.key === 'address' ? { ...field, label: 'Where it is', isRequired: false } : field,
    );
    expect(withFieldsOf({ platform: 'MAGENTO', before: 'WOOCOMMERCE' }, renamed, labelOf)).toEqual([
      { key: 'address', label: 'Where it is', isSecret: false, isRequired: true },
      { key: 'token', label: 'L token', isSecret: true, isRequired: true },
      own,
    ]);
  });

  const labelOf = (key: string) => `L ${key}`;
  const choose = (platform: TestPlatform, before: TestPlatform | null, fields: Fields) =>
    withFieldsOf({ platform, before }, fields, labelOf);
  const labels = (fields: Fields) => fields.map(({ key, label }) => `${key}: ${label}`);

  test('of an untested input stay with every platform that is chosen, whatever their keys', () => {
    const own = [
      { key: 'address', label: 'Address of the interface', isSecret: false, isRequired: true },
      { key: 'token', label: 'Token of your own platform', isSecret: true, isRequired: false },
    ];
    expect(choose('VTEX', null, own).slice(3)).toEqual(own);
    const back = choose('MAGENTO', 'VTEX', choose('VTEX', null, own));
    expect(labels(back)).toEqual(['address: Address of the interface', 'token: Token of your own platform']);
  });

  test('that a call brought go with it untouched; once nothing is tried they are like any other', () => {
    const magento = choose('MAGENTO', null, []);
    const vtex = choose('VTEX', 'MAGENTO', magento);
    expect(labels(vtex)).toEqual(['account: L account', 'appKey: L appKey', 'appToken: L appToken']);
    expect(labels(choose('PRESTASHOP', 'VTEX', vtex))).toEqual(['address: L address', 'key: L key']);
    expect(choose('PRESTASHOP', null, vtex).slice(2)).toEqual(vtex);
    const renamed = vtex.map((field) => (field.key === 'appKey' ? { ...field, label: 'Key of the app' } : field));
    expect(labels(choose('PRESTASHOP', 'VTEX', renamed))).toEqual([
      'address: L address',
      'key: L key',
      'appKey: Key of the app',
    ]);
  });
});
