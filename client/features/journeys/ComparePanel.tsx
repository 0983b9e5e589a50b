import { useQuery } from '@apollo/client/react';
import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Comparison, compare, type Figures } from '../../../server/journeys/compare.ts';
import { titleOf } from '../../../server/journeys/gaps/sentence.ts';
import { mapOf } from '../../../server/journeys/parts.ts';
import { graphql } from '../../api/graphql.ts';
import { ErrorState } from '../../components/Notice.tsx';
import { useNow } from '../../components/now.ts';
import { Skeletons } from '../../components/Skeletons.tsx';
import { dayInFull, todayOf } from '../../words/format.ts';
import { mapQuery } from './documents.ts';
import { OverTime } from './OverTime.tsx';
import { PanelFrame } from './PanelFrame.tsx';
import styles from './Panels.module.css';
import { historyQuery, pastQuery } from './pastDocuments.ts';
import type { JourneyDoc } from './useJourney.ts';
import { deltaOf } from './useMapStore.ts';

const othersQuery = graphql(`
  query JourneysToCompare {
    journeys {
      id
      name
    }
  }
`);

type Props = { doc: JourneyDoc; takesFocus: boolean; onClose: () => void };

/** The journey that is open beside another one, today and as it shall be, or beside what it was itself. */
export function ComparePanel({ doc, takesFocus, onClose }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState('');
  const { id } = doc.journey;
  const { data } = useQuery(othersQuery, { fetchPolicy: 'cache-and-network' });
  const { data: past } = useQuery(historyQuery, { variables: { id }, fetchPolicy: 'no-cache' });
  const others = (data?.journeys ?? []).filter((one) => one.id !== id);
  const history = past?.journey?.history ?? [];
  const today = todayOf(useNow());
  const days = history
    .filter(({ on }) => on < today)
    .map(({ on }) => ({ value: on, label: t('journeyMap.history.on', { day: dayInFull(on) }) }));
  const named = others.map((one) => ({ value: one.id, label: one.name }));
  return (
    <PanelFrame title={t('journeyMap.panel.compare')} takesFocus={takesFocus} onClose={onClose}>
      {data && others.length === 0 && <p className={styles.soft}>{t('journeyMap.compare.none')}</p>}
      <NativeSelect
        size="xs"
        label={t('journeyMap.compare.with')}
        value={chosen}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        data={[
          { value: '', label: t('journeyMap.compare.choose') },
          ...(named.length > 0 ? [{ group: t('journeyMap.compare.others'), items: named }] : []),
          ...(days.length > 0 ? [{ group: t('journeyMap.history.group'), items: days }] : []),
        ]}
      />
      {chosen !== '' &&
        (isDay.test(chosen) ? (
          <BesideItself key={chosen} doc={doc} on={chosen} />
        ) : (
          <BesideOther key={chosen} doc={doc} otherId={chosen} />
        ))}
      <OverTime history={history} />
    </PanelFrame>
  );
}

const isDay = /^\d{4}-\d\d-\d\d$/;

function BesideOther({ doc, otherId }: { doc: JourneyDoc; otherId: string }) {
  const { data, error, refetch } = useQuery(mapQuery, { variables: { id: otherId }, fetchPolicy: 'no-cache' });
  const other = data?.journey;
  if (error) return <ErrorState onRetry={() => void refetch()} />;
  if (!other) return <Skeletons rows={6} />;
  return <Beside doc={doc} name={other.name} parts={other.parts} />;
}

function BesideItself({ doc, on }: { doc: JourneyDoc; on: string }) {
  const { id } = doc.journey;
  const { data, error, refetch } = useQuery(pastQuery, { variables: { id, on }, fetchPolicy: 'no-cache' });
  const parts = data?.journey?.partsOn;
  if (error) return <ErrorState onRetry={() => void refetch()} />;
  if (!parts) return <Skeletons rows={6} />;
  return <Beside doc={doc} name={dayInFull(on)} parts={parts} />;
}

type BesideProps = { doc: JourneyDoc; name: string; parts: Parameters<typeof deltaOf>[0] };

function Beside({ doc, name, parts }: BesideProps) {
  const { t } = useTranslation();
  const comparison = useMemo(() => compare(doc.map, mapOf(deltaOf(parts).parts)), [parts, doc.map]);
  return (
    <>
      <table className={styles.figures}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('journeyMap.compare.this')}</th>
            <th scope="col">{name}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, wordsOf]) => (
            <tr key={name}>
              <th scope="row">{t(`journeyMap.compare.${name}`)}</th>
              <td>{wordsOf(comparison.before)}</td>
              <td>{wordsOf(comparison.after)}</td>
            </tr>
          ))}
          {comparison.gaps.map(({ kind, before, after }) => (
            <tr key={kind} className={styles.soft}>
              <th scope="row">{titleOf(kind)}</th>
              <td>{before}</td>
              <td>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Names title={t('journeyMap.compare.gone')} names={comparison.gone.map(({ name }) => name)} />
      <Names title={t('journeyMap.compare.added', { name })} names={comparison.added.map((one) => one.name)} />
      <Changes changed={comparison.changed} />
    </>
  );
}

const nothing = '–';
const inPercent = (share: number | null) => (share === null ? nothing : `${Math.round(share * 100)} %`);
const inTenths = (mean: number | null) => (mean === null ? nothing : mean.toFixed(1));
const rows: readonly (readonly [keyof Figures, (figures: Figures) => string])[] = [
  ['touchpoints', ({ touchpoints }) => String(touchpoints)],
  ['tools', ({ tools }) => String(tools)],
  ['asked', ({ asked }) => String(asked)],
  ['centralised', ({ centralised }) => inPercent(centralised)],
  ['experience', ({ experience }) => inTenths(experience)],
  ['painPoints', ({ painPoints }) => String(painPoints)],
  ['gaps', ({ gaps }) => String(gaps)],
];

function Names({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      <ul className={styles.sentences}>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </section>
  );
}

function Changes({ changed }: Pick<Comparison, 'changed'>) {
  const { t } = useTranslation();
  if (changed.length === 0) return null;
  const word = (felt: number | null) =>
    felt === null ? t('journeyMap.experience.none') : t(`journeyMap.experience.${String(felt) as '0'}`);
  return (
    <section className={styles.part}>
      <h3>{t('journeyMap.compare.changed')}</h3>
      <ul className={styles.sentences}>
        {changed.map(({ name, stages, felt }) => (
          <li key={name}>
            {name}
            {stages && (
              <p className={styles.soft}>{t('journeyMap.compare.moved', { from: stages[0], to: stages[1] })}</p>
            )}
            {felt && (
              <p className={styles.soft}>{t('journeyMap.compare.felt', { from: word(felt[0]), to: word(felt[1]) })}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
