type Params = Record<string, string | number>;

/** When a task of a template applies, and what is said when one comes or goes. */
export const conditions = {
  /** Why a task was waived, and taken up again; read by clients, who know of no condition. */
  notNeeded: () => 'By what is known now, this is not needed.',
  neededAgain: () => 'By what is known now, this is needed after all.',
  /** What staff read of a change: one line a condition. */
  said: {
    PLATFORM: (params: Params) => `the platform is ${params.isNot ? 'not ' : ''}${params.values}`,
    PRODUCT: (params: Params) => `the products ${params.isNot ? 'leave out' : 'include'} ${params.values}`,
    ANSWER: (params: Params) => `“${params.question}” is ${params.isNot ? 'not ' : ''}answered with ${params.values}`,
    FACT: (params: Params) => `${params.fact} is ${params.isNot ? 'not ' : ''}${params.values}`,
  },
  or: () => 'or',
  yes: () => 'Yes',
  no: () => 'No',
};

export const conditionProblems = {
  'review.unwanted': () => 'It names who looks at it, but nobody is to look at it.',
  'condition.noValues': () => 'A condition names nothing that it could be. Choose at least one.',
  'condition.unknownValue': (params: Params) => `A condition asks for something that cannot be: ${params.value}.`,
  'condition.unknownTask': () => 'A condition asks about a task that is not in this template.',
  'condition.later': (params: Params) =>
    `A condition asks about “${params.title}”, which comes later. It can only ask about what stands before it.`,
  'condition.unknownQuestion': (params: Params) =>
    `A condition asks about a question that “${params.title}” does not ask.`,
  'condition.freeText': (params: Params) =>
    `A condition asks about “${params.question}”, which is answered freely. Only a choice, or yes or no, can decide.`,
  'condition.factKey': () => 'A condition names what is known of the account in a way that nothing is called.',
  'condition.cycle': (params: Params) => `An answer would have to wait for itself: ${params.circle}.`,
  'phase.allConditional': (params: Params) =>
    `Every task of “${params.name}” depends on something. One of them has to be there always.`,
};
