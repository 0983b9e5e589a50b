import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Input } from '../documents.ts';
import styles from '../Editor.module.css';
import { Tick } from '../Tick.tsx';
import { EveryEditor } from './EveryEditor.tsx';
import { RecordsEditor } from './RecordsEditor.tsx';
import { Words } from './Words.tsx';
import { checkKinds, imageUses, newWanted, pageTypes, type Wanted, wantedOf } from './wanted.ts';

type Props = { input: Input; onChange: (change: Partial<Input>) => void };

/** What a machine looks at, once the client has said whose: its domain, an address, some pages. */
export function WantedEditor({ input, onChange }: Props) {
  const { t } = useTranslation();
  const wanted = wantedOf(input.wanted);
  const keep = (next: Wanted) => onChange({ wanted: JSON.stringify(next) });
  const set = (change: Partial<Wanted>) => keep({ ...wanted, ...change });
  return (
    <div className={styles.fields}>
      <NativeSelect
        label={t('templateChecks.of')}
        description={t(`templateChecks.hint.${wanted.of}`)}
        value={wanted.of}
        data={checkKinds.map((of) => ({ value: of, label: t(`templateChecks.kind.${of}`) }))}
        onChange={(event) => {
          const of = checkKinds.find((kind) => kind === event.currentTarget.value);
          if (of && of !== wanted.of) keep(newWanted(of));
        }}
      />
      {wanted.of === 'DNS' && <RecordsEditor records={wanted.records ?? []} onChange={(records) => set({ records })} />}
      {wanted.of === 'URL' && (
        <>
          <Words
            label={t('templateChecks.types')}
            hint={t('templateChecks.typesHint')}
            words={wanted.types ?? []}
            onChange={(types) => set({ types })}
          />
          <NativeSelect
            label={t('templateChecks.environment')}
            value={wanted.environment ?? ''}
            data={[
              { value: '', label: t('templateChecks.environments.any') },
              { value: 'PRODUCTION', label: t('templateChecks.environments.PRODUCTION') },
              { value: 'STAGING', label: t('templateChecks.environments.STAGING') },
            ]}
            onChange={(event) => {
              const { value } = event.currentTarget;
              set({ environment: value === 'PRODUCTION' || value === 'STAGING' ? value : null });
            }}
          />
        </>
      )}
      {wanted.of === 'TAG' && <TagEditor wanted={wanted} onChange={set} />}
      {wanted.of === 'IMAGE' && (
        <NativeSelect
          label={t('templateChecks.use')}
          value={wanted.use}
          data={imageUses.map((use) => ({ value: use, label: t(`templateChecks.uses.${use}`) }))}
          onChange={(event) => set({ use: event.currentTarget.value })}
        />
      )}
      <EveryEditor everyMinutes={input.everyMinutes} onChange={(everyMinutes) => onChange({ everyMinutes })} />
    </div>
  );
}

function TagEditor({ wanted, onChange }: { wanted: Wanted; onChange: (change: Partial<Wanted>) => void }) {
  const { t } = useTranslation();
  const chosen = wanted.pageTypes ?? ['HOME', 'PRODUCT'];
  return (
    <>
      <TextInput
        label={t('templateChecks.script')}
        description={t('templateChecks.scriptHint')}
        value={wanted.script ?? ''}
        maxLength={300}
        spellCheck={false}
        onChange={(event) => onChange({ script: event.currentTarget.value })}
      />
      <TextInput
        label={t('templateChecks.accountId')}
        description={t('templateChecks.accountIdHint')}
        value={wanted.accountId ?? ''}
        maxLength={200}
        spellCheck={false}
        onChange={(event) => onChange({ accountId: event.currentTarget.value || null })}
      />
      <fieldset className={styles.fields}>
        <legend>{t('templateChecks.pages')}</legend>
        {pageTypes.map((type) => (
          <Tick
            key={type}
            isOn={chosen.includes(type)}
            onChange={(isOn) =>
              onChange({ pageTypes: pageTypes.filter((one) => (one === type ? isOn : chosen.includes(one))) })
            }
          >
            {t(`checks.pages.type.${type}`)}
          </Tick>
        ))}
      </fieldset>
      <Tick isOn={wanted.needsConsent ?? false} onChange={(needsConsent) => onChange({ needsConsent })}>
        {t('templateChecks.consent')}
      </Tick>
    </>
  );
}
