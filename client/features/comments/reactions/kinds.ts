import { IconCheck, IconConfetti, IconEye, IconHeart, IconQuestionMark, IconThumbUp } from '@tabler/icons-react';
import type { EnumOf } from '../../../api/graphql.ts';

export type Reaction = EnumOf<'Reaction'>;

/** The reactions in the order in which they are offered, each with its picture. */
export const reactionIcons = {
  AGREE: IconThumbUp,
  THANKS: IconHeart,
  DONE: IconCheck,
  LOOKING: IconEye,
  UNCLEAR: IconQuestionMark,
  CELEBRATE: IconConfetti,
} satisfies Record<Reaction, typeof IconCheck>;

export const reactionKinds = Object.keys(reactionIcons) as Reaction[];
