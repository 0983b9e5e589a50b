import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../components/now.ts';
import { dayWords, todayOf } from '../../words/format.ts';
import type { Options } from './Filters.tsx';
import { type Filter, plainLook } from './look.ts';
import styles from './Toolbar.module.css';

type Props = { total: number; filter: Filter; options: Options; onFilter: (filter: Filter) => void };

/** The filters as a sentence: "3 integrations · of Anna · that are at risk". Each clause is left out by its cross. */
export function Sentence({ total, filter, options, onFilter }: Props) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  const or = (values: readonly string[]) =>
    values.length < 2
      ? (values[0] ?? '')
      : `${values.slice(0, -1).join(', ')} ${t('overview.filter.or')} ${values.at(-1)}`;
  const lower = (word: string) => word.toLocaleLowerCase();
  const nameOf = (id: string) => options.pms.find((pm) => pm.id === id)?.name ?? t('overview.filter.someone');
  const courtWord = (court: NonNullable<Filter['courts']>[number]) =>
    court === 'CLIENT'
      ? t('overview.filter.court_client')
      : lower(t(`names.court.${court}`, { company: t('overview.us') }));
  const { states, pmIds, platforms, products, healths, courts, phase, text, targetFrom, targetTo } = filter;
  const day = (on: string) => dayWords(on, today);

  const clauses: [part: keyof Filter, words: string | false | null][] = [
    ['text', text && t('overview.sentence.text', { values: text })],
    [
      'states',
      states &&
        t('overview.sentence.state', { values: or(states.map((one) => lower(t(`names.projectState.${one}`)))) }),
    ],
    ['isMine', filter.isMine && t('overview.sentence.mine')],
    ['pmIds', pmIds && t('overview.sentence.pm', { values: or(pmIds.map(nameOf)) })],
    [
      'platforms',
      platforms && t('overview.sentence.platform', { values: or(platforms.map((one) => t(`names.platform.${one}`))) }),
    ],
    [
      'products',
      products && t('overview.sentence.product', { values: or(products.map((one) => t(`names.product.${one}`))) }),
    ],
    [
      'healths',
      healths && t('overview.sentence.health', { values: or(healths.map((one) => lower(t(`names.health.${one}`)))) }),
    ],
    ['courts', courts && t('overview.sentence.court', { values: or(courts.map(courtWord)) })],
    ['phase', phase && t('overview.sentence.phase', { values: phase })],
    ['targetFrom', targetFrom && t('overview.sentence.from', { values: day(targetFrom) })],
    ['targetTo', targetTo && t('overview.sentence.to', { values: day(targetTo) })],
    ['hasReview', filter.hasReview && t('overview.sentence.review')],
  ];
  const said = clauses.flatMap(([part, words]) => (words ? [{ part, words }] : []));
  return (
    <p className={styles.sentence}>
      <span role="status">{t('overview.sentence.start', { count: total })}</span>
      {said.map(({ part, words }) => (
        <button
          key={part}
          type="button"
          className={styles.chip}
          aria-label={t('overview.sentence.remove', { clause: words })}
          onClick={() => onFilter({ ...filter, [part]: null })}
        >
          {words}
          <IconX className={styles.cross} stroke={1.5} aria-hidden="true" />
        </button>
      ))}
      {said.length > 0 && (
        <button type="button" className={styles.clear} onClick={() => onFilter(plainLook.filter)}>
          {t('overview.clear')}
        </button>
      )}
    </p>
  );
}
