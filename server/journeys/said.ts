import type { JourneyMap } from './map.ts';
import type { PartKind } from './parts.ts';

/*
 * What people say of a map: it stands beside what is drawn, changes live with it, and is neither copied nor taken along.
 * Pure, for the browser too.
 */

/** Instants are ISO 8601, since a part's body is JSON. */
export type CommentBody = {
  /** The part that it is about; null: the map. */
  aboutId: string | null;
  text: string;
  authorId: string;
  at: string;
  editedAt: string | null;
  resolvedAt: string | null;
  resolvedById: string | null;
};

/** Who speaks for a department, and when they signed the map. */
export type RepresentativeBody = { departmentId: string; personId: string; signedAt: string | null };

export type SaidBodyOf = { COMMENT: CommentBody; REPRESENTATIVE: RepresentativeBody };
export type SaidKind = keyof SaidBodyOf;

export const saidKinds = ['COMMENT', 'REPRESENTATIVE'] as const satisfies readonly SaidKind[];

/** What a signature is about. What is the company's changes on every map, and what was found out is no plan. */
export const signedKinds = ['STAGE', 'GOAL', 'TOUCHPOINT', 'FLOW', 'PAIN_POINT'] as const satisfies readonly PartKind[];

export type Signature =
  /** Nobody speaks for the department. */
  | 'NOBODY'
  | 'UNSIGNED'
  /** Signed, and drawn on since. */
  | 'OUTDATED'
  | 'SIGNED';

export type Agreement = { isAgreed: boolean; departments: { departmentId: string; signature: Signature }[] };

type Representative = { departmentId: string; signedAt: Date | string | null };

/**
 * Who of the teams that take part has signed the map as it is. It is agreed when each of them has; one on which no team
 * takes part is not. `drawnAt`: when what a signature is about last changed.
 */
export function agreementOf(
  { departments, touchpoints, flows }: Pick<JourneyMap, 'departments' | 'touchpoints' | 'flows'>,
  representatives: readonly Representative[],
  drawnAt: Date | string | null,
): Agreement {
  const taking = new Set([
    ...touchpoints.flatMap((one) => [...one.departmentIds, one.initiatorId, one.receiverId]),
    ...flows.map(({ departmentId }) => departmentId),
  ]);
  const of = new Map(representatives.map((one) => [one.departmentId, one]));
  const drawn = drawnAt === null ? 0 : new Date(drawnAt).getTime();
  const signatureOf = (departmentId: string): Signature => {
    const one = of.get(departmentId);
    if (!one) return 'NOBODY';
    if (one.signedAt === null) return 'UNSIGNED';
    return new Date(one.signedAt).getTime() < drawn ? 'OUTDATED' : 'SIGNED';
  };
  const teams = departments.filter(({ id, kind }) => kind === 'TEAM' && taking.has(id));
  const signed = teams.map(({ id }) => ({ departmentId: id, signature: signatureOf(id) }));
  return { isAgreed: signed.length > 0 && signed.every((one) => one.signature === 'SIGNED'), departments: signed };
}
