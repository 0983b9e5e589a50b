/*
 * What each platform is called with to try credentials: a test holds it against the server's own table.
 */
const places = ['address', 'storeHash', 'account'] as const;
const secrets = ['token', 'consumerKey', 'consumerSecret', 'key', 'appKey', 'appToken'] as const;
type FieldKey = (typeof places)[number] | (typeof secrets)[number];

export const testPlatforms = ['SHOPIFY', 'MAGENTO', 'WOOCOMMERCE', 'PRESTASHOP', 'BIGCOMMERCE', 'VTEX'] as const;
export type TestPlatform = (typeof testPlatforms)[number];

export const fieldsOf: Readonly<Record<TestPlatform, readonly FieldKey[]>> = {
  SHOPIFY: ['address', 'token'],
  MAGENTO: ['address', 'token'],
  WOOCOMMERCE: ['address', 'consumerKey', 'consumerSecret'],
  PRESTASHOP: ['address', 'key'],
  BIGCOMMERCE: ['storeHash', 'token'],
  VTEX: ['account', 'appKey', 'appToken'],
};

/** Whether the call takes this field, so that it cannot be optional. */
export function isNeeded(platform: TestPlatform | undefined, key: string): boolean {
  return platform !== undefined && fieldsOf[platform].some((one) => one === key);
}

export function tellsScopes(platform: TestPlatform): platform is 'SHOPIFY' | 'PRESTASHOP' {
  return platform === 'SHOPIFY' || platform === 'PRESTASHOP';
}

type Field = { key: string; label: string; isSecret: boolean; isRequired: boolean };

type Choice = {
  platform: TestPlatform /** What was chosen before; null: no call was made. */;
  before: TestPlatform | null;
};

/**
 * The fields with those that the call takes in front, which must be given. What was there stays, but for fields that
 * nobody has named yet and those that the call before had brought and nobody has changed since.
 */
export function withFieldsOf(
  { platform, before }: Choice,
  fields: readonly Field[],
  labelOf: (key: FieldKey) => string,
): Field[] {
  const wanted = fieldsOf[platform];
  const made = (key: FieldKey): Field => {
    return { key, label: labelOf(key), isSecret: !places.some((one) => one === key), isRequired: true };
  };
  const needed = wanted.map((key) => ({
    ...(fields.find((field) => field.key === key) ?? made(key)),
    isRequired: true,
  }));
  const brought = (before === null ? [] : fieldsOf[before]).map(made);
  const others = fields.filter(
    (field) =>
      !wanted.some((key) => key === field.key) &&
      field.label.trim() !== '' &&
      !brought.some(
        ({ key, label, isSecret }) => key === field.key && label === field.label && isSecret === field.isSecret,
      ),
  );
  return [...needed, ...others];
}
