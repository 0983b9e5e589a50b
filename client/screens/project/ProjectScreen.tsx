import { useQuery } from '@apollo/client/react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { graphql, type ResultOf } from '../../api/graphql.ts';
import { NotFound } from '../../components/NotFound.tsx';
import { ErrorState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { ActivityFeed, ActivityItem } from '../../features/activity/ActivityFeed.tsx';
import { useViewer } from '../../features/viewer/viewer.ts';
import { ConnectionStatus } from '../../live/ConnectionStatus.tsx';
import { LiveProject } from '../../live/LiveProject.tsx';
import { Header } from './Header.tsx';
import { NextStep, NextStepTask } from './NextStep.tsx';
import { People, ProjectPerson } from './People.tsx';
import styles from './Project.module.css';
import { Road, RoadPhase } from './Road.tsx';
import { StaffFacts, StaffFactsOf } from './StaffFacts.tsx';
import { Target } from './Target.tsx';
import { TaskList, TaskRow } from './TaskList.tsx';
import { WaitingOn } from './WaitingOn.tsx';

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
      account { id name }
      pm { id name isStaff }
      progress { done total }
      phases { id ...RoadPhase }
      nextStep { id ...NextStepTask }
      waitingOnOthers { id ...TaskRow }
      tasks { id title phase { id } ...TaskRow }
      people { id ...ProjectPerson }
      changes(last: 60) { nodes { ...ActivityItem } }
      staff { ...StaffFactsOf }
    }
  }
`,
  [RoadPhase, NextStepTask, TaskRow, ProjectPerson, ActivityItem, StaffFactsOf],
);

export type ProjectShown = NonNullable<ResultOf<typeof ProjectQuery>['project']>;

const route = getRouteApi('/signedIn/projects/$projectId');

/** Where a client lands: the road, the one next step, who does what, and what happened, live. Staff see their layer on top. */
export function ProjectScreen() {
  const { t } = useTranslation();
  const { projectId } = route.useParams();
  const viewer = useViewer();
  const company = viewer.company.name;
  const { data, previousData, error, refetch } = useQuery(ProjectQuery, {
    variables: { id: projectId },
    fetchPolicy: 'cache-and-network',
  });
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
  const titles = new Map(project.tasks.map((task) => [task.id, task.title]));
  return (
    <LiveProject projectId={project.id} position={project.position} onChanges={() => refetch()}>
      <Header project={project} viewer={viewer} status={<ConnectionStatus />}>
        <Road phases={project.phases} />
        <div className={styles.columns}>
          <div className={styles.groups}>
            <NextStep project={project} viewer={viewer} />
            <WaitingOn project={project} viewer={viewer} />
            <TaskList project={project} viewer={viewer} />
          </div>
          <aside className={styles.groups}>
            {project.staff && <StaffFacts staff={project.staff} company={company} />}
            <Target project={project} />
            <People people={project.people} pmId={project.pm.id} viewer={viewer} />
            <section className={styles.group}>
              <h2 className={styles.groupTitle}>{t('activity.title')}</h2>
              <ActivityFeed items={project.changes.nodes} place="inProject" taskTitle={(id) => titles.get(id)} />
            </section>
          </aside>
        </div>
      </Header>
    </LiveProject>
  );
}
