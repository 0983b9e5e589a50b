import type { Interview } from '../../../server/journeys/parts.ts';
import type { JourneyDoc } from './useJourney.ts';

/** The interviews in which a pain point was told, as far as they are still there. */
export function evidenceOf({ parts, research }: JourneyDoc, painPointId: string): Interview[] {
  const part = parts.get(painPointId);
  const ids = part?.kind === 'PAIN_POINT' ? part.body.evidenceIds : [];
  return research.interviews.filter(({ id }) => ids.includes(id));
}
