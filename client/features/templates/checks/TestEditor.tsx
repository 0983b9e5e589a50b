import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Input } from '../documents.ts';
import styles from '../Editor.module.css';
import { tellsScopes, testPlatforms, withFieldsOf } from './credentials.ts';
import { Words } from './Words.tsx';

type Props = { input: Input; onChange: (change: Partial<Input>) => void };

/** Whether credentials are tried once they are handed in, at which platform, and which rights they need. */
export function TestEditor({ input: { test, fields }, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.fields}>
      <NativeSelect
        label={t('templateChecks.test')}
        description={t('templateChecks.testHint')}
        value={test?.platform ?? ''}
        data={[
          { value: '', label: t('templateChecks.untested') },
          ...testPlatforms.map((platform) => ({
            value: platform,
            label: t(`inputs.credentials.platform.${platform}`),
          })),
        ]}
        onChange={(event) => {
          const platform = testPlatforms.find((one) => one === event.currentTarget.value);
          if (!platform) return onChange({ test: null });
          const labelOf = (key: Parameters<Parameters<typeof withFieldsOf>[2]>[0]) =>
            t(`templateChecks.credential.${key}`);
          const choice = { platform, before: test?.platform ?? null };
          onChange({ test: { platform, scopes: [] }, fields: withFieldsOf(choice, fields ?? [], labelOf) });
        }}
      />
      {test && tellsScopes(test.platform) && (
        <Words
          label={t('templateChecks.scopes')}
          hint={t(`templateChecks.scopesHint.${test.platform}`)}
          words={test.scopes}
          onChange={(scopes) => onChange({ test: { ...test, scopes: scopes.filter(isRight) } })}
        />
      )}
    </div>
  );
}

/** As platforms name rights; what is still being typed is kept once it is one. */
function isRight(word: string): boolean {
  return /^[a-z][a-z_:]{1,79}$/.test(word);
}
