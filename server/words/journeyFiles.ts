type Params = Record<string, string | number>;

/** What is wrong in a file of a journey, and what to do about it. */
export const journeyFiles = {
  fileName: (params: { name: string; kind: string }) => `journey-${params.name}.${params.kind}`,
  NOTHING: () => 'There is no stage and no touchpoint in the file.',
  TOO_LARGE: ({ max }: Params) => `The file is larger than ${Number(max) / 1000} kB. Export fewer journeys into it.`,
  NOT_JSON: () => 'This is no JSON. Choose a file that was exported from a journey.',
  NOT_OURS: () => 'This JSON is no journey: it lacks "format": "slipway-journey".',
  OTHER_VERSION: ({ version }: Params) => `This file is of another version than ${version}. Export it again from here.`,
  NOT_TABLE: ({ columns }: Params) => `The first line must name the columns ${columns}, and more if you like.`,
  NOT_LIST: () => 'This has to be a list. It was left empty.',
  NOT_PART: () => 'This is nothing with fields. It was left out.',
  NOT_TEXT: () => 'This has to be a text. It was left empty.',
  NOT_NUMBER: () => 'This has to be a whole number. It was left empty.',
  NOT_FLAG: () => 'This has to be true or false. It was left empty.',
  NOT_ONE_OF: ({ values }: Params) => `This has to be one of ${values}.`,
  NOT_IN_FILE: ({ name }: Params) => `“${name}” is not in the file, or was left out.`,
  NOT_READ: () => 'Nothing is known by this name. It was not read.',
  DOUBLE_ID: ({ name }: Params) => `The id “${name}” is there twice. The second one was left out.`,
  UNREADABLE_ROW: () => 'This row cannot be read: its quotes do not close, or it has another number of cells.',
  EMPTY: () => 'This is missing. What needs it was left out.',
  TOO_LONG: ({ max }: Params) => `This is longer than ${max} characters. It was left empty.`,
  TOO_MANY: ({ max }: Params) => `There are more than ${max}. The rest was left out.`,
  OUT_OF_RANGE: ({ min, max }: Params) =>
    min === undefined ? 'This is outside of what is possible. It was left empty.' : `This has to be ${min} to ${max}.`,
};
