import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { RelativeTime } from '../../../components/Time.tsx';
import type { GuestInput, GuestPage, GuestVersion } from './door.ts';
import styles from './Guest.module.css';
import { GuestForm } from './GuestForm.tsx';
import { useTelling } from './useTelling.ts';

type Props = { id: string; page: GuestPage; onActed: () => Promise<void> };

/** What a guest hands in, and what came of it; of a task that asks for nothing, that it is done. */
export function GuestInputs({ id, page, onActed }: Props) {
  const { t } = useTranslation();
  const { isBusy, refusal, run } = useTelling(id);
  const { inputs, can, task } = page;
  const handleDone = async () => {
    await run('complete', { revision: task.revision });
    await onActed();
  };
  if (inputs.length === 0 && !can.complete) return null;
  return (
    <section className={styles.part} aria-label={t(inputs.length > 0 ? 'guest.handIn.title' : 'guest.handIn.finish')}>
      <h2>{t(inputs.length > 0 ? 'guest.handIn.title' : 'guest.handIn.finish')}</h2>
      <div className={styles.inputs}>
        {inputs.map((input) => (
          <OneInput key={input.id} id={id} input={input} page={page} onActed={onActed} />
        ))}
      </div>
      {can.complete && (
        <div className={styles.form}>
          <Button loading={isBusy} onClick={() => void handleDone()}>
            {t('guest.handIn.complete')}
          </Button>
        </div>
      )}
      {refusal && <FieldError>{refusal}</FieldError>}
    </section>
  );
}

function OneInput({ id, input, page, onActed }: Props & { input: GuestInput }) {
  const { t } = useTranslation();
  const { latest, records } = input;
  const isRight = latest !== null && (latest.state === 'ACCEPTED' || latest.state === 'VALIDATING');
  return (
    <div className={styles.part}>
      {/* One field is called so itself; of several, and of what others hand in, it is the heading. */}
      {input.asks !== 'ADDRESS' && input.asks !== 'DOMAIN' && <h3 className={styles.label}>{input.label}</h3>}
      {records.length > 0 && <Records records={records} />}
      {latest && <Version latest={latest} />}
      {input.asks === 'OTHERS' ? (
        <p className={styles.soft}>{t('guest.handIn.others', { account: page.account })}</p>
      ) : page.can.submit && !(isRight && page.task.state !== 'CHANGES_REQUESTED') ? (
        <GuestForm key={latest?.version ?? 0} id={id} input={input} task={page.task} onActed={onActed} />
      ) : (
        !latest && <p className={styles.soft}>{t('guest.handIn.notNow')}</p>
      )}
    </div>
  );
}

/** What the domain has to hold, to be copied to its provider. */
function Records({ records }: { records: GuestInput['records'] }) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls sideways, which the keyboard must reach
    <section className={styles.scroll} aria-label={t('guest.work.records')} tabIndex={0}>
      <table className={styles.records}>
        <thead>
          <tr>
            <th>{t('guest.work.type')}</th>
            <th>{t('guest.work.name')}</th>
            <th>{t('guest.work.value')}</th>
          </tr>
        </thead>
        <tbody>
          {records.map(({ type, name, value }) => (
            <tr key={`${type} ${name}`}>
              <td>{type}</td>
              <td>
                <code>{name}</code>
              </td>
              <td>{value === null ? t('guest.work.byRule') : <code>{value}</code>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const tones: Readonly<Partial<Record<GuestVersion['state'], 'good' | 'bad'>>> = {
  ACCEPTED: 'good',
  ACCEPTED_WITH_WARNINGS: 'good',
  REJECTED: 'bad',
};

function Version({ latest }: { latest: GuestVersion }) {
  const { t } = useTranslation();
  return (
    <div className={styles.version} data-tone={latest.wanted === null ? tones[latest.state] : 'bad'}>
      <strong>{t(`guest.handIn.state.${latest.state}`)}</strong>
      <span className={styles.soft}>
        {latest.isMine ? t('guest.handIn.version', { version: latest.version }) : t('guest.handIn.byOthers')}{' '}
        <RelativeTime at={latest.at} />
      </span>
      {latest.given && <span className={styles.words}>{latest.given}</span>}
      {latest.wanted && (
        <p className={styles.words}>
          <strong>{t('guest.handIn.wanted')}</strong> {latest.wanted}
        </p>
      )}
      {latest.findings.length > 0 && (
        <ul className={styles.findings}>
          {latest.findings.map(({ title, expected, found, fix }) => (
            <li key={title} className={styles.finding}>
              <span>{title}</span>
              {expected && <Fact word={t('guest.handIn.expected')} value={expected} />}
              {found && <Fact word={t('guest.handIn.found')} value={found} />}
              {fix && <span className={styles.soft}>{fix}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Fact({ word, value }: { word: string; value: string }) {
  return (
    <span className={styles.soft}>
      {word} <code>{value}</code>
    </span>
  );
}
