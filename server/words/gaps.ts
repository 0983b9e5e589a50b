type Params = Record<string, string>;

const counted = (count: number, one: string, several: string) => (count === 1 ? one : `${count} ${several}`);

/**
 * What is said of a gap, by its kind: what it is called, what would close it, and its one sentence. Names come in as they
 * are said, those of things in quotes; the server and the browser say the same. A department is "Sales" or "Project
 * managers": no verb stands so that it would have to agree with one.
 */
export const gaps = {
  removed: () => 'something that was removed',
  quoted: (name: string) => `“${name}”`,
  and: (names: readonly string[]) => names.join(' and '),

  OUTPUT_UNUSED: {
    title: () => 'Handed on, but nobody uses it',
    hint: () => 'Draw who uses it, or stop gathering it.',
    sentence: ({ item, touchpoint, department }: Params) =>
      `${item} is handed on by ${department} at ${touchpoint}, but nobody works with it after that.`,
  },
  USE_UNPRODUCED: {
    title: () => 'Used, but nobody hands it on',
    hint: () => 'Decide who hands it on, or ask the client for it once.',
    sentence: ({ item, touchpoint, department }: Params, touchpoints: number) =>
      touchpoints === 1
        ? `${item} is used by ${department} at ${touchpoint}, but nobody hands it on.`
        : `${item} is needed at ${touchpoints} touchpoints, first by ${department} at ${touchpoint}, but nobody hands it on.`,
  },
  INPUT_TOO_LATE: {
    title: () => 'Needed before it is there',
    hint: () => 'Gather it earlier, or move the work to where it is there.',
    sentence: ({ item, touchpoint, department, producedAt }: Params) =>
      `${item} is needed by ${department} at ${touchpoint}, but it is there only from ${producedAt} on.`,
  },
  REKEYED: {
    title: () => 'Typed in again by hand',
    hint: () => 'Connect the two systems, or read it from the first.',
    sentence: ({ item, system, touchpoint, heldIn }: Params) =>
      `${item} is put into ${system} by hand at ${touchpoint}, although ${heldIn} has it already.`,
  },
  ASKED_TWICE: {
    title: () => 'The client is asked again',
    hint: () => 'Ask once, and let those who come later read the answer.',
    sentence: ({ item, touchpoint }: Params) =>
      `The client is asked for ${item} again at ${touchpoint}, and has told it before.`,
    held: ({ item, touchpoint, heldIn }: Params, touchpoints: number) =>
      touchpoints === 1
        ? `The client is asked for ${item} at ${touchpoint}, although ${heldIn} has it by then.`
        : `The client is asked for ${item} at ${touchpoints} touchpoints, although ${heldIn} has it by ${touchpoint}.`,
  },
  CONFLICTING_VALUES: {
    title: () => 'Said differently in different places',
    hint: () => 'Settle which is right, and keep it in one system.',
    sentence: ({ item }: Params, values: number) =>
      `${item} is written down with ${values} different values on this journey.`,
  },
  NO_OWNER: {
    title: () => 'Nobody answers for it',
    hint: () => 'Name the department that answers for it.',
    sentence: ({ item }: Params) => `No department answers for ${item}.`,
  },
  NO_HOME: {
    title: () => 'No system of record',
    hint: () => 'Choose the one system whose copy is right.',
    sentence: ({ item }: Params) => `${item} has no system of record, so nobody can look up what is right.`,
  },
  TWO_HOMES: {
    title: () => 'Several systems of record',
    hint: () => 'Keep one as the system of record, and let the others read from it.',
    sentence: ({ item }: Params, homes: number) =>
      `${item} has ${homes} systems of record. When they differ, nobody knows which is right.`,
  },
  HELD_OUTSIDE: {
    title: () => 'Kept outside Slipway',
    hint: () => 'Move its home to Slipway, where everybody on the journey can see it.',
    sentence: ({ item, system }: Params) => `${item} is kept in ${system}, outside Slipway.`,
  },
  CYCLE: {
    title: () => 'Systems copy in a circle',
    hint: () => 'Make one of them the system of record, and let the others only read from it.',
    sentence: ({ systems, items }: Params) =>
      `${systems} pass ${items} round in a circle. Whatever was written last wins, right or not.`,
    systems: (count: number) => counted(count, 'One system', 'systems'),
    items: (count: number) => counted(count, 'one item', 'items'),
  },
  NO_EXCHANGE: {
    title: () => 'Two teams that exchange nothing',
    hint: () => 'Find what one of them knows that the other could use, and hand it on.',
    sentence: ({ department, other, stage }: Params, stages: number) =>
      stages === 1
        ? `${department} and ${other} both take part in ${stage}, but no information goes from one to the other.`
        : `${department} and ${other} share ${stages} stages, first ${stage}, but no information goes from one to the other.`,
  },
  GOAL_WITHOUT_TOUCHPOINT: {
    title: () => 'A goal without a touchpoint',
    hint: () => 'Choose the touchpoints where it is met, or add the one that is missing.',
    sentence: ({ goal, department }: Params) => `${goal} is a goal of ${department}, but no touchpoint serves it.`,
  },
  TOUCHPOINT_WITHOUT_GOAL: {
    title: () => 'A touchpoint without a goal',
    hint: () => 'Say which goal it serves, or ask whether it is needed.',
    sentence: ({ touchpoint }: Params) => `${touchpoint} serves no goal of those who take part in it.`,
  },
  OPPORTUNITY: {
    title: () => 'There, and of use to another team',
    hint: () => 'Let the team that could use it see it.',
    sentence: ({ item, department, producer, touchpoint }: Params) =>
      `${department} could use ${item}, which is known to ${producer} from ${touchpoint} on.`,
  },
  DANGLING: {
    title: () => 'Names something that was removed',
    hint: () => 'Choose something else there, or take it out.',
    sentence: ({ missing }: Params, references: number) =>
      `${missing} was removed, but ${references === 1 ? 'one part of the map still names' : `${references} parts of the map still name`} it.`,
    missing: {
      STAGE: () => 'A stage',
      DEPARTMENT: () => 'A department',
      TOUCHPOINT: () => 'A touchpoint',
      ITEM: () => 'An information item',
      SYSTEM: () => 'A system',
    },
  },
};
