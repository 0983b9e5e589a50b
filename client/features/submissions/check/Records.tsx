import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './Check.module.css';
import { Fact, Mark } from './Findings.tsx';
import type { MarkView, RecordState, WantedRecord } from './view.ts';

const looks = {
  RIGHT: { Icon: IconCircleCheck, tone: 'good' },
  WORTH: { Icon: IconAlertTriangle, tone: 'care' },
  WRONG: { Icon: IconCircleX, tone: 'bad' },
  FREE: { Icon: IconCircleMinus, tone: 'quiet' },
  UNSEEN: { Icon: IconCircleDashed, tone: 'quiet' },
} as const;

type Props = {
  states: readonly RecordState[];
  /** The name is as the provider's form wants it once the domain is known. */
  domain: string | null;
};

/** What must stand in the zone, record by record as a provider's form asks for it, each with how it stands. */
export function Records({ states, domain }: Props) {
  const { t } = useTranslation();
  return (
    <ol className={styles.records} aria-label={t('checks.records.title')}>
      {states.map(({ record, host, state, marks }) => {
        const { Icon, tone } = looks[state];
        const type = record.type in typeOf ? typeOf[record.type as keyof typeof typeOf] : record.type;
        return (
          <li key={`${record.type} ${record.name} ${record.value}`} className={styles.record}>
            <div className={styles.recordHead}>
              <span className={styles.type}>{type}</span>
              <span className={styles.recordName}>{domain !== null && host}</span>
              {domain !== null && (
                <span className={styles.state} data-tone={tone}>
                  <Icon size={16} stroke={1.75} aria-hidden />
                  {t(`checks.records.state.${state}`)}
                </span>
              )}
            </div>
            {state === 'FREE' ? (
              <p className={styles.soft}>{t('checks.records.free')}</p>
            ) : (
              <dl className={styles.facts}>
                {/* What stands there already is nothing to enter any more. */}
                {state !== 'RIGHT' && <Fact label={t('checks.records.name')} value={record.name} isCopied />}
                {record.value !== null && (
                  <Fact
                    label={t(record.type === 'SPF' ? 'checks.records.contains' : 'checks.records.value')}
                    value={record.value}
                    isCopied={state !== 'RIGHT'}
                  />
                )}
              </dl>
            )}
            {state !== 'RIGHT' && isJudged(record.type) && (
              <p className={styles.soft}>{t(`checks.records.judged.${record.type}`)}</p>
            )}
            {(state === 'FREE' ? [] : marks).map(({ finding, mark }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: marks have no name of their own and never change places
              <div key={index} className={styles.wrong} data-tone={finding.severity === 'ERROR' ? 'bad' : 'care'}>
                <p className={styles.title}>{finding.title}</p>
                <p className={styles.soft}>{mark.message}</p>
                <Mark mark={withoutSaid(mark, record)} isOwnMessage={false} isPlaceSaid />
              </div>
            ))}
          </li>
        );
      })}
    </ol>
  );
}

/** What is expected and what to put there stand above, as the name and the value to set; an SPF record is more than that. */
function withoutSaid(mark: MarkView, { type, value }: WantedRecord): MarkView {
  if (value === null) return mark;
  const isFixSaid = type !== 'SPF' && (mark.fix?.includes(value) ?? false);
  return { ...mark, expected: mark.expected === value ? null : mark.expected, fix: isFixSaid ? null : mark.fix };
}

/** What a provider's form calls them: these are all text records. */
const typeOf = { SPF: 'TXT', DKIM: 'TXT', DMARC: 'TXT', BULK: 'TXT' } as const;

const judged = ['SPF', 'DMARC', 'BULK'] as const;

function isJudged(type: string): type is (typeof judged)[number] {
  return judged.some((one) => one === type);
}
