import { useQuery } from '@apollo/client/react';
import { NativeSelect } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { graphql, type ResultOf } from '../../api/graphql.ts';
import { NotFound } from '../../components/NotFound.tsx';
import { EmptyState, ErrorState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { StepMark } from '../../features/journey/StepMark.tsx';
import { useViewer } from '../../features/viewer/viewer.ts';
import { percent } from '../../words/format.ts';
import styles from './Reality.module.css';

const route = getRouteApi('/signedIn/journeys/reality');

const templatesQuery = graphql(`
  query RealityTemplates {
    templates(first: 100) {
      nodes {
        id
        name
        projectCount
      }
    }
  }
`);
const realityQuery = graphql(`
  query Reality($id: ID!) {
    template(id: $id) {
      id
      reality {
        projectCount
        medianFitness
        ways {
          deviations {
            kind
            title
          }
          projectCount
          share
          examples {
            id
            name
            account {
              id
              name
            }
          }
        }
        bottlenecks {
          key
          title
          projectCount
          slowCount
          extraDays
          share
        }
      }
    }
  }
`);
type Reality = NonNullable<NonNullable<ResultOf<typeof realityQuery>['template']>['reality']>;

/** What became of a template in its projects. Staff only; to others it does not exist. */
export function RealityScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { template } = route.useSearch();
  const { company, viewerCan } = useViewer();
  const list = useQuery(templatesQuery, { skip: !viewerCan.readJourneys });
  const templates = list.data?.templates.nodes ?? [];
  // The one with the most to tell, until somebody chooses.
  const most = templates.reduce((sum, one) => Math.max(sum, one.projectCount), 0);
  const chosen = template ?? templates.find(({ projectCount }) => projectCount === most)?.id;
  const { data, error, refetch } = useQuery(realityQuery, {
    variables: { id: chosen ?? '' },
    fetchPolicy: 'cache-and-network',
    skip: !viewerCan.readJourneys || chosen === undefined,
  });
  if (!viewerCan.readJourneys) return <NotFound company={company.name} />;
  const failed = (error && !data) || (list.error && !list.data);
  const reality = data?.template?.reality;
  return (
    <Page
      title={t('journeyReality.title')}
      company={company.name}
      trail={<Link to="/journeys">{t('journeyMap.title')}</Link>}
      state={t('journeyReality.about')}
    >
      {failed && <ErrorState onRetry={() => void (list.error ? list.refetch() : refetch())} />}
      {list.data && templates.length === 0 && <EmptyState text={t('journeyReality.noTemplates')} />}
      {templates.length > 0 && (
        <NativeSelect
          className={styles.choice}
          label={t('journeyReality.template')}
          value={chosen}
          onChange={({ currentTarget }) =>
            void navigate({ to: '/journeys/reality', search: { template: currentTarget.value }, replace: true })
          }
          data={templates.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {!failed && (list.data ? !data && chosen !== undefined : true) && <Skeletons rows={6} />}
      {data && !reality && <EmptyState text={t('journeyReality.none')} />}
      {reality && (reality.projectCount === 0 ? <EmptyState text={t('journeyReality.none')} /> : <Told {...reality} />)}
    </Page>
  );
}

function Told({ projectCount, medianFitness, ways, bottlenecks }: Reality) {
  const { t } = useTranslation();
  return (
    <>
      <p className={styles.figures}>
        <span>{t('journeyReality.projects', { count: projectCount })}</span>
        {medianFitness !== null && <span>{t('journeyReality.fit', { percent: percent(medianFitness, 1) })}</span>}
      </p>
      <div className={styles.parts}>
        <section>
          <h2>{t('journeyReality.ways')}</h2>
          <ol className={styles.list}>
            {ways.map((way, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a way is its place among them
              <Way key={at} way={way} />
            ))}
          </ol>
        </section>
        <section>
          <h2>{t('journeyReality.bottlenecks')}</h2>
          {bottlenecks.length === 0 && <p className={styles.soft}>{t('journeyReality.noBottlenecks')}</p>}
          <ol className={styles.list}>
            {bottlenecks.map(({ key, title, projectCount: count, slowCount, extraDays, share }) => (
              <li key={key}>
                <strong>{title}</strong>
                <Bar share={share} />
                <span>{t('journeyReality.extra', { count: extraDays })}</span>
                <span className={styles.soft}>
                  {t('journeyReality.of', { projects: t('journeyReality.projects', { count }), slow: slowCount })}
                </span>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </>
  );
}

/** Deviations that stand there by name; a way with more of them is told by its first. */
const mostNamed = 6;

function Way({ way: { deviations, projectCount, share, examples } }: { way: Reality['ways'][number] }) {
  const { t } = useTranslation();
  const rest = deviations.length - mostNamed;
  return (
    <li>
      {deviations.length === 0 ? (
        <strong>{t('journeyReality.asPlanned')}</strong>
      ) : (
        <ul className={styles.deviations}>
          {deviations.slice(0, mostNamed).map(({ kind, title }) => (
            <li key={`${kind} ${title}`}>
              <StepMark kind={kind} />
              {t('journeyReality.deviation', { title, kind: t(`journey.kind.${kind}`) })}
            </li>
          ))}
          {rest > 0 && <li className={styles.soft}>{t('journeyReality.more', { count: rest })}</li>}
        </ul>
      )}
      <Bar share={share} />
      <span>{t('journeyReality.way', { count: projectCount, share: percent(share, 1) })}</span>
      <span className={styles.examples}>
        <span className={styles.soft}>{t('journeyReality.examples')}</span>
        {examples.map(({ id, name, account }) => (
          <Link key={id} to="/projects/$projectId" params={{ projectId: id }}>
            {[account?.name, name].filter(Boolean).join(' · ')}
          </Link>
        ))}
      </span>
    </li>
  );
}

function Bar({ share }: { share: number }) {
  return (
    <span className={styles.bar} aria-hidden="true">
      <span style={{ width: `${Math.max(1, 100 * share)}%` }} />
    </span>
  );
}
