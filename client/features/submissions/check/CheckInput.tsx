import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../api/graphql.ts';
import { readFragment } from '../../../api/graphql.ts';
import type { Place } from '../deliveries.ts';
import type { inputFragment, submissionFragment } from '../documents.ts';
import { AcceptBox } from '../report/AcceptBox.tsx';
import { Secret } from '../Secret.tsx';
import { AddressForm } from './AddressForm.tsx';
import styles from './Check.module.css';
import { CheckPanel } from './CheckPanel.tsx';
import { DomainForm } from './DomainForm.tsx';
import { checkHeadFragment } from './documents.ts';
import { FeedForm } from './FeedForm.tsx';
import { PagesForm } from './PagesForm.tsx';
import { Records } from './Records.tsx';
import { seenOf, sortByRecord } from './view.ts';

type Input = ResultOf<typeof inputFragment>;
type Props = {
  place: Place;
  input: Input;
  latest: ResultOf<typeof submissionFragment> | null;
  isDone: boolean;
  canDeliver: boolean;
};

/** What a machine looks at: its subject is given, and from then on it says how it stands. */
export function CheckInput({ place, input, latest, isDone, canDeliver }: Props) {
  const { t } = useTranslation();
  const [isChanging, setChanging] = useState(false);
  const { wanted } = input;
  if (!wanted) return null;
  const head = readFragment(checkHeadFragment, input.current?.check ?? null);
  const { records } = wanted;
  const isGiving = canDeliver && (head === null || isChanging);
  return (
    <div className={styles.form}>
      {isGiving && (
        <SubjectForm
          place={place}
          wanted={wanted}
          head={head}
          onDone={() => setChanging(false)}
          onCancel={head ? () => setChanging(false) : null}
        />
      )}
      {latest && head ? (
        <CheckPanel
          key={latest.id}
          submissionId={latest.id}
          seen={seenOf(head)}
          records={records}
          isDone={isDone && latest.acceptance === null}
          judgedAt={wanted.of === 'FEED' ? (latest.report?.finishedAt ?? null) : null}
          acts={
            <>
              {canDeliver && !isChanging && (
                <Button variant="default" onClick={() => setChanging(true)}>
                  {t(`checks.other.${wanted.of}`)}
                </Button>
              )}
              {/* Where there is a report, it stands below that. */}
              {latest.viewerCan.accept && !latest.report && (
                <AcceptBox taskId={place.taskId} submissionId={latest.id} version={latest.version ?? 1} />
              )}
            </>
          }
        >
          {wanted.of === 'WEBHOOK' && input.viewerCan.reveal && (
            <div className={styles.actions}>
              <span className={styles.soft}>{t('checks.webhook.ofInput')}</span>
              <Secret inputId={input.id} field={{ key: 'secret', label: t('checks.webhook.ofInput') }} />
            </div>
          )}
        </CheckPanel>
      ) : (
        records.length > 0 && (
          <section className={styles.check} aria-label={t('checks.records.title')}>
            <p className={styles.title}>{t('checks.records.title')}</p>
            <p className={styles.soft}>{t('checks.records.how')}</p>
            <Records states={sortByRecord(records, '', null).states} domain={null} />
          </section>
        )
      )}
    </div>
  );
}

type SubjectProps = {
  place: Place;
  wanted: NonNullable<Input['wanted']>;
  head: ResultOf<typeof checkHeadFragment> | null;
  onDone: () => void;
  onCancel: (() => void) | null;
};

function SubjectForm({ place, wanted, head, onDone, onCancel }: SubjectProps) {
  const { t } = useTranslation();
  const { of, pageTypes, use, contentTypes } = wanted;
  const before = head?.subject ?? null;
  if (of === 'FEED') {
    const { everyMinutes } = wanted;
    const hasSecret = head?.hasSecret ?? false;
    return <FeedForm {...{ place, everyMinutes, before, hasSecret, onDone, onCancel }} />;
  }
  if (of === 'DNS') return <DomainForm place={place} before={before} onDone={onDone} onCancel={onCancel} />;
  if (of === 'TAG') {
    const pages = head?.pages ?? [];
    return <PagesForm place={place} types={pageTypes} before={pages} onDone={onDone} onCancel={onCancel} />;
  }
  // Credentials are entered in fields of their own.
  if (of === 'CREDENTIALS') return null;
  const hint =
    of === 'IMAGE' && use !== null && isUse(use)
      ? t(`checks.use.${use}`)
      : contentTypes.length > 0
        ? t('checks.address.types', { types: contentTypes.join(', ') })
        : null;
  return <AddressForm place={place} of={of} hint={hint} before={before} onDone={onDone} onCancel={onCancel} />;
}

const uses = ['square-logo', 'wide-logo', 'email-logo', 'banner', 'product', 'apparel', 'bimi'] as const;

function isUse(use: string): use is (typeof uses)[number] {
  return uses.some((one) => one === use);
}
