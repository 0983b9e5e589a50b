import { uuidv7 } from 'uuidv7';
import { phases } from '../../drizzle/schema/index.ts';
import { type InputsWorld, revisionOf, startInputsWorld } from '../submissions/inputsWorld.ts';
import type { GqlAnswer, Session } from '../support/session.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests that know what they asked for
export type Loose = any;
export type Answer = GqlAnswer<Loose>;

export const milestonesText = `query ($id: ID!) {
  project(id: $id) {
    position isAskedOfMilestone
    milestones {
      id isReached reachedAt digest phase { name }
      signOff { number at note digest isOutdated by { name } changes { task { id title } signedVersion currentVersion signedState currentState } }
      myRating { score words answeredAt openUntil }
      ratings { score words by { name } task { id title visibility assignee { id } purpose documentation dueOn } }
      figures { asked answered average }
      viewerCan { signOff rate }
    }
  }
}`;

export const signText = `mutation ($id: ID!, $input: MilestoneSignOffInput!) {
  milestoneSignOff(id: $id, input: $input) { project { id } userErrors { code field } position }
}`;
export const rateText = `mutation ($id: ID!, $input: MilestoneRateInput!) {
  milestoneRate(id: $id, input: $input) { project { id } userErrors { code field } position }
}`;
const completeText = `mutation ($id: ID!, $input: TaskCompleteInput!) {
  taskComplete(id: $id, input: $input) { userErrors { code } }
}`;

export type MilestonesWorld = InputsWorld & {
  /** A new phase at the end of the road with so many tasks of the client's, none of them done. */
  stretch(tasks: number, values?: object): Promise<{ phaseId: string; taskIds: string[] }>;
  finish(session: Session, taskId: string): Promise<void>;
  /** A new phase whose tasks the member and the lead have done. */
  reached(): Promise<{ phaseId: string; taskIds: string[] }>;
  look(session: Session, phaseId: string): Promise<Loose>;
  sign(session: Session, phaseId: string, more?: object): Promise<Loose>;
  rate(session: Session, phaseId: string, score: number | null, words?: string): Promise<Loose>;
};

let stretches = 100;

export async function startMilestonesWorld(): Promise<MilestonesWorld> {
  const w = await startInputsWorld();
  const { db } = w.app.services;
  const world: MilestonesWorld = {
    ...w,
    async stretch(count, values = {}) {
      const phaseId = uuidv7();
      const index = stretches++;
      const named = { name: `Stretch ${index}`, milestone: 'All of it is there' };
      await db.insert(phases).values({ id: phaseId, projectId: w.projectId, index, ...named });
      const taskIds: string[] = [];
      for (let at = 0; at < count; at++) {
        taskIds.push((await w.task({ phaseId, type: 'WORK', title: `Piece ${at}`, ...values })).id);
      }
      return { phaseId, taskIds };
    },
    async finish(session, id) {
      const input = { revision: await revisionOf(session, id) };
      const { taskComplete } = await session.ask(completeText, { id, input });
      if (taskComplete.userErrors.length > 0) throw new Error(JSON.stringify(taskComplete.userErrors));
    },
    async reached() {
      const made = await world.stretch(2);
      await world.finish(w.member, made.taskIds[0]!);
      await world.finish(w.lead, made.taskIds[1]!);
      return made;
    },
    async look(session, phaseId) {
      const { project } = await session.ask(milestonesText, { id: w.projectId });
      return project.milestones.find((one: { id: string }) => one.id === phaseId);
    },
    async sign(session, phaseId, more = {}) {
      const { digest } = await world.look(w.pm, phaseId);
      const input = { idempotencyKey: crypto.randomUUID(), digest, note: '', ...more };
      return session.gql(signText, { id: phaseId, input });
    },
    async rate(session, phaseId, score, words = '') {
      return session.gql(rateText, { id: phaseId, input: { score, words } });
    },
  };
  return world;
}
