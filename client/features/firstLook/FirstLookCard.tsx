import { useQuery } from '@apollo/client/react';
import { IconArrowRight, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type ResultOf, readFragment } from '../../api/graphql.ts';
import { count } from '../../words/format.ts';
import { FeedTask, FirstLookCardQuery, FirstLookStanding } from './documents.ts';
import styles from './FirstLookCard.module.css';
import { type Feed, feedOf } from './feedTask.ts';
import { PassedOver } from './PassedOver.tsx';
import { Strip } from './Strip.tsx';
import { TryAgain } from './TryAgain.tsx';
import { voiceOf } from './voice.ts';

/** While something is made, that it broke or came to nothing is no event: it is asked for. */
const againMs = 2_000;

type Props = {
  projectId: string;
  /** Of the project's log, as the screen knows it: another one asks anew. */
  position: number;
  isStaff: boolean;
  /** How far a newer feed has got, live. */
  progress: (submissionId: string, name: string) => ReactNode;
};

type Look = NonNullable<ResultOf<typeof FirstLookCardQuery>['project']>['firstLook'];

/** First on a project's screen: the client's own products in what they bought, or what brings that. */
export function FirstLookCard({ projectId, position, isStaff, progress }: Props) {
  const { t } = useTranslation();
  const { data, previousData, refetch, startPolling, stopPolling } = useQuery(FirstLookCardQuery, {
    variables: { id: projectId },
    fetchPolicy: 'cache-and-network',
  });
  const asked = useRef(position);
  useEffect(() => {
    if (asked.current === position) return;
    asked.current = position;
    // What fails is asked for again with the next change; what is there stays.
    refetch().catch(() => {});
  }, [position, refetch]);
  const project = (data ?? previousData)?.project;
  const look = project?.firstLook;
  const standing = look && readFragment(FirstLookStanding, look);
  const isMade = standing?.isBuilding ?? false;
  useEffect(() => {
    if (!isMade) return;
    startPolling(againMs);
    return stopPolling;
  }, [isMade, startPolling, stopPolling]);
  if (!project || !look || !standing) return null;

  const feed = feedOf(readFragment(FeedTask, project.tasks));
  const isReady = standing.state === 'READY';
  return (
    <section className={styles.card} data-ready={isReady || undefined} aria-labelledby="first-look-title">
      <div className={styles.words}>
        <p className={styles.label}>{t('firstLook.card.label')}</p>
        <h2 id="first-look-title" className={styles.title}>
          {t(titleOf(standing, feed, isStaff))}
        </h2>
        {isReady ? (
          <Ready look={look} projectId={projectId} isStaff={isStaff} feed={feed} />
        ) : (
          <NotReady look={look} projectId={projectId} isStaff={isStaff} feed={feed} />
        )}
        {feed?.underWay && (
          <div className={styles.mending}>
            {isReady && <p>{t('firstLook.card.mending')}</p>}
            {progress(feed.underWay.id, feed.underWay.name)}
          </div>
        )}
        {isReady && standing.isBuilding && !feed?.underWay && (
          <p className={styles.soft} role="status">
            {t('firstLook.card.renewing')}
          </p>
        )}
      </div>
      {isReady && <Strip projectId={projectId} run={look.run} />}
    </section>
  );
}

type Standing = ResultOf<typeof FirstLookStanding>;

function titleOf({ state, isBuilding }: Standing, feed: Feed | null, isStaff: boolean) {
  const voice = voiceOf(isStaff);
  if (state === 'READY') return `firstLook.${voice}.readyTitle` as const;
  if (state === 'BUILDING' || isBuilding) return `firstLook.${voice}.buildingTitle` as const;
  if (feed?.report?.isRefused) return 'firstLook.card.refusedTitle';
  return `firstLook.${voice}.emptyTitle` as const;
}

type PartProps = { look: Look; feed: Feed | null; isStaff: boolean };

function NotReady({ look, feed, isStaff, projectId }: PartProps & { projectId: string }) {
  const { t } = useTranslation();
  const voice = voiceOf(isStaff);
  const { state, source, isBuilding, problem } = readFragment(FirstLookStanding, look);
  if (state === 'BUILDING' || isBuilding) {
    return (
      <p className={styles.text} role="status">
        {source === 'WEBSITE' ? t(`firstLook.${voice}.reading`) : t(`firstLook.${voice}.building`)}
      </p>
    );
  }
  const report = feed?.report;
  return (
    <>
      <p className={styles.text}>{sentence()}</p>
      {feed && <FeedLink feed={feed} isStaff={isStaff} />}
      {problem && !feed?.underWay && look.viewerCan.suggest && <TryAgain projectId={projectId} />}
    </>
  );

  function sentence(): string {
    if (feed?.underWay) return t(`firstLook.${voice}.underWay`);
    if (report?.isRefused) {
      const shown = { count: report.valid, shown: count(report.valid), total: count(report.rows) };
      return t(`firstLook.${voice}.refused`, shown);
    }
    if (problem) return t(`firstLook.${voice}.problem.${problem}`);
    return t(`firstLook.${voice}.empty`);
  }
}

/** The step that brings products, unless it is done and there is nothing to do in it. */
function FeedLink({ feed, isStaff }: { feed: Feed; isStaff: boolean }) {
  const { t } = useTranslation();
  if (feed.isDone && !feed.report?.isRefused) return null;
  return (
    <Link to="/tasks/$taskId" params={{ taskId: feed.taskId }} className={styles.link}>
      {t(`firstLook.${voiceOf(isStaff)}.feedTask`, { title: feed.title })}
      <IconArrowRight stroke={1.5} aria-hidden="true" />
    </Link>
  );
}

function Ready({ look, feed, isStaff, projectId }: PartProps & { projectId: string }) {
  const { t } = useTranslation();
  const standing = readFragment(FirstLookStanding, look);
  const { mocks } = look;
  const search = mocks.find(({ kind }) => kind === 'SEARCH');
  const others = mocks.filter((mock) => mock !== search);
  const params = { projectId };
  const shown = { count: standing.shown, shown: count(standing.shown) };
  return (
    <>
      {search && (
        // Looks like the field that it leads to, and puts the keyboard there: one press, and one types.
        <Link
          to="/projects/$projectId/first-look"
          params={params}
          search={{ product: search.product }}
          state={{ takesFocus: true }}
          className={styles.field}
        >
          <IconSearch stroke={1.75} aria-hidden="true" />
          <span>{t('firstLook.card.search', shown)}</span>
        </Link>
      )}
      {(others.length > 0 || !search) && (
        <ul className={styles.others}>
          {search && <li>{t('firstLook.card.others')}</li>}
          {others.map(({ product }) => (
            <li key={product}>
              <Link to="/projects/$projectId/first-look" params={params} search={{ product }} className={styles.other}>
                {t(`names.product.${product}`)}
              </Link>
            </li>
          ))}
          {mocks.length === 0 && (
            <li>
              <Link to="/projects/$projectId/first-look" params={params} className={styles.other}>
                {t('firstLook.card.open')}
              </Link>
            </li>
          )}
        </ul>
      )}
      <Source standing={standing} feed={feed} isStaff={isStaff} />
    </>
  );
}

function Source({ standing, feed, isStaff }: { standing: Standing; feed: Feed | null; isStaff: boolean }) {
  const { t } = useTranslation();
  const voice = voiceOf(isStaff);
  const { source, usable, total, shown, isSampled, submission, problem, passedOver } = standing;
  const taskId = submission?.task.id ?? feed?.taskId;
  if (source === 'WEBSITE') {
    return (
      <div className={styles.source}>
        <p>{t(`firstLook.${voice}.website`)}</p>
        {passedOver && (
          <p>
            <PassedOver passedOver={passedOver} isStaff={isStaff} />
          </p>
        )}
        {feed && <FeedLink feed={feed} isStaff={isStaff} />}
      </div>
    );
  }
  return (
    <div className={styles.source}>
      {usable >= total ? (
        <p>{t(`firstLook.${voice}.all`, { count: usable, shown: count(usable) })}</p>
      ) : (
        <p>
          {t('firstLook.card.some', { usable: count(usable), total: count(total) })}{' '}
          {taskId && (
            <Link to="/tasks/$taskId" params={{ taskId }} search={{ part: 'input' }}>
              {t(`firstLook.${voice}.someLink`)}
            </Link>
          )}
        </p>
      )}
      {isSampled && <p>{t('firstLook.card.sampled', { shown: count(shown) })}</p>}
      {problem && <p>{t('firstLook.card.problemNewer')}</p>}
      {passedOver && (
        <p>
          <PassedOver passedOver={passedOver} isStaff={isStaff} />
        </p>
      )}
    </div>
  );
}
