import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { getI18n, useTranslation } from 'react-i18next';
import { graphql, type ResultOf, readFragment } from '../../api/graphql.ts';
import { hasEnded } from '../../api/hasEnded.ts';
import { NotFound } from '../../components/NotFound.tsx';
import { EmptyState, ErrorState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { ActivityItem } from '../../features/activity/ActivityFeed.tsx';
import { HealthFacts } from '../../features/health/documents.ts';
import { ProjectEditable } from '../../features/projectEdit/editable.ts';
import { useViewer } from '../../features/viewer/viewer.ts';
import { ConnectionStatus } from '../../live/ConnectionStatus.tsx';
import { LiveProject } from '../../live/LiveProject.tsx';
import { ReadOnce } from '../../live/readOnce.ts';
import { About } from './About.tsx';
import { FirstLook } from './FirstLook.tsx';
import { Happened } from './Happened.tsx';
import { Header } from './Header.tsx';
import { isLeftOut } from './howItEnded.ts';
import { NextStep, NextStepTask } from './NextStep.tsx';
import { People, ProjectPerson } from './People.tsx';
import styles from './Project.module.css';
import { ProjectMoves } from './projectMoves.ts';
import { Road, RoadPhase } from './Road.tsx';
import { Target } from './Target.tsx';
import { TaskList, TaskRow } from './TaskList.tsx';
import { WaitingOn } from './WaitingOn.tsx';
import { WhoseTurn } from './WhoseTurn.tsx';

const ProjectQuery = graphql(
  `
  query Project($id: ID!) {
    project(id: $id) {
      id
      revision
      name
      state
      position
      signedOn
      targetOn
      wentLiveAt
      stateSince
      stateReason
      account { id name website }
      pm { id name isStaff }
      progress { done total }
      phases { id ...RoadPhase }
      nextStep { id ...NextStepTask }
      waitingOnOthers { id title court awaited { id name } ...TaskRow }
      tasks { id title phase { id } ...TaskRow }
      people { id ...ProjectPerson }
      partners { id }
      accountFacts { key value }
      viewerCan { edit addTask }
      isAskedOfMilestone
      ...HealthFacts
      ...ProjectEditable
      ...ProjectMoves
      changes(last: 60) { nodes { ...ActivityItem } pageInfo { hasPreviousPage startCursor } }
      staff { revenue { amountMinor currency } lastClientActivityAt }
    }
  }
`,
  [RoadPhase, NextStepTask, TaskRow, ProjectPerson, ActivityItem, HealthFacts, ProjectEditable, ProjectMoves],
);

/** Only staff arrange a road, and seldom: not part of what a client loads. */
const StaffFacts = lazy(async () => ({ default: (await import('./StaffFacts.tsx')).StaffFacts }));
const RoadEditor = lazy(async () => {
  const loaded = await import('./RoadEditor.tsx');
  loaded.addEditingWords(getI18n());
  return { default: loaded.RoadEditor };
});
const Moves = lazy(async () => {
  const loaded = await import('./Moves.tsx');
  loaded.addEditingWords(getI18n());
  return { default: loaded.Moves };
});
const StateNotice = lazy(async () => ({ default: (await import('./StateNotice.tsx')).StateNotice }));
const Asked = lazy(async () => (await import('./asked.ts')).asked());
const Facts = lazy(async () => ({ default: (await import('./Facts.tsx')).Facts }));

export type ProjectShown = NonNullable<ResultOf<typeof ProjectQuery>['project']>;

const route = getRouteApi('/signedIn/projects/$projectId');

/** Where a client lands: the road, the one next step, who does what, and what happened, live. Staff see their layer on top. */
export function ProjectScreen() {
  const { t } = useTranslation();
  const { projectId } = route.useParams();
  const viewer = useViewer();
  const [isArranging, setArranging] = useState(false);
  /** From the first question on it stays: what came of the answer is said in its place. */
  const [isAsked, setAsked] = useState(false);
  const company = viewer.company.name;
  const { data, previousData, error, refetch } = useQuery(ProjectQuery, {
    variables: { id: projectId },
    fetchPolicy: 'cache-and-network',
  });
  const reading = useMemo(
    () => new ReadOnce(async () => (await refetch({ id: projectId })).data?.project?.position ?? null),
    [refetch, projectId],
  );
  // A refetch that failed takes nothing off the screen: what was there stays, and the status says how old it is.
  const kept = previousData?.project?.id === projectId ? previousData.project : undefined;
  const project = data ? data.project : kept;

  if (!project) {
    if (data && !error) return <NotFound company={company} />;
    return (
      <Page title={t('common.loading')} company={company} heading={<Skeletons shape="title" />}>
        {error ? (
          <ErrorState onRetry={() => void refetch()} />
        ) : (
          <div className={styles.groups}>
            <Skeletons shape="line" rows={2} />
            <Skeletons shape="card" />
            <Skeletons rows={6} />
          </div>
        )}
      </Page>
    );
  }
  if (project.isAskedOfMilestone && !isAsked) setAsked(true);
  const handleChanged = () => void reading.now().catch(() => {});
  const actions = (
    <>
      <ConnectionStatus />
      {project.viewerCan.addTask && !isArranging && (
        <Button variant="default" onClick={() => setArranging(true)}>
          {t('project.road.edit')}
        </Button>
      )}
      {viewer.isStaff && (
        <Suspense fallback={null}>
          <Moves project={project} />
        </Suspense>
      )}
    </>
  );
  const states = readFragment(TaskRow, project.tasks).map((task) => task.state);
  const leftOut = project.phases.flatMap(({ id }) => {
    const ofPhase = states.filter((_, index) => project.tasks[index]?.phase.id === id);
    return isLeftOut(ofPhase) ? [id] : [];
  });
  return (
    <LiveProject
      projectId={project.id}
      position={project.position}
      onChanges={(changes) => reading.through(changes.map(({ position }) => position))}
    >
      <Header project={project} viewer={viewer} actions={actions}>
        <Suspense fallback={null}>
          {project.state !== 'ACTIVE' && <StateNotice project={project} viewer={viewer} />}
          {isAsked && (
            <Asked
              key={project.id}
              projectId={project.id}
              {...{ position: project.position, company }}
              account={project.account.name}
            />
          )}
        </Suspense>
        <FirstLook project={project} viewer={viewer} />
        {isArranging && project.viewerCan.addTask ? (
          <Suspense fallback={<Skeletons rows={4} />}>
            <RoadEditor project={project} onChanged={handleChanged} onDone={() => setArranging(false)} />
          </Suspense>
        ) : (
          <>
            {project.phases.length === 0 && (
              <EmptyState text={t(viewer.isStaff ? 'project.road.emptyStaff' : 'project.road.empty')} />
            )}
            {project.phases.length > 0 && (
              <Road phases={project.phases} leftOut={leftOut} isEnded={hasEnded(project.state)} />
            )}
          </>
        )}
        <div className={styles.columns}>
          <div className={styles.groups}>
            <NextStep project={project} viewer={viewer} />
            <WaitingOn project={project} viewer={viewer} />
            <TaskList project={project} viewer={viewer} />
          </div>
          <aside className={styles.groups}>
            {project.staff && (
              <Suspense fallback={null}>
                <StaffFacts project={project} company={company} />
              </Suspense>
            )}
            {project.accountFacts.length > 0 && (
              <Suspense fallback={<Skeletons rows={2} />}>
                <Facts project={project} company={company} onChanged={handleChanged} />
              </Suspense>
            )}
            <Target project={project} />
            <About project={project} />
            <People project={project} viewer={viewer} />
            <WhoseTurn project={project} viewer={viewer} />
            <Happened key={project.id} project={project} />
          </aside>
        </div>
      </Header>
    </LiveProject>
  );
}
