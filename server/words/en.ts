/** Every sentence that the server says to people: GraphQL messages, mail, the terminal, HTTP error bodies. */
export const words = {
  userErrors: {
    CONFLICT: () => 'Someone changed this while you were looking at it. Look at the current version and try again.',
    EMPTY: () => 'Write something first.',
    TOO_LONG: (params: Params) => `This is too long: at most ${params.max} characters.`,
    INVALID_URL: () => 'Enter a full web address that starts with https:// or http://.',
    INVALID_FILE_NAME: () => 'Give the file a name of 1 to 255 characters.',
    FILE_TOO_LARGE: (params: Params) => `This file is too large: at most ${params.maxBytes} bytes.`,
    FILE_TYPE_NOT_ACCEPTED: (params: Params) => `This kind of file is not accepted here. Accepted: ${params.accepted}.`,
    UPLOAD_INCOMPLETE: () => 'The upload is not complete yet. Resume it, then finish.',
    WRONG_KIND: (params: Params) => `This task asks for something else: ${params.wanted}.`,
    WRONG_STATE: (params: Params) => `This is not possible now: the task is ${params.state}.`,
    NOT_ASSIGNABLE: () => 'This person cannot be assigned here.',
    REASON_MISSING: () => 'Say what should change, so that the next version can be right.',
  },
  apiErrors: {
    UNAUTHENTICATED: () => 'Sign in first.',
    FORBIDDEN: () => 'You may see this, but not do this.',
    NOT_FOUND: () => 'There is nothing here, or it is not yours to see.',
    BAD_USER_INPUT: () => 'The input is not valid.',
    RATE_LIMITED: () => 'Too many requests. Wait a moment and try again.',
    TOO_COMPLEX: () => 'This request asks for too much at once. Ask for less, or in several requests.',
    UNAVAILABLE: () => 'The database cannot be reached now. Try again in a moment.',
    INTERNAL_SERVER_ERROR: () => 'Something went wrong on our side. The request id says where to look.',
  },
  graphql: {
    tooDeep: (params: Params) => `The query is ${params.depth} levels deep; at most ${params.max} are allowed.`,
    tooManyFields: (params: Params) => `The query has ${params.count} fields and aliases; at most ${params.max} are allowed.`,
    tooManyRoots: (params: Params) => `The query asks ${params.count} root fields; at most ${params.max} are allowed.`,
    tooCostly: (params: Params) => `The query costs ${params.cost}; at most ${params.max} is allowed. Ask for smaller pages.`,
    fragmentCycle: () => 'The fragments of the query refer to each other in a circle.',
    pageSize: (params: Params) => `Pages hold 1 to ${params.max} items.`,
    badCursor: () => 'This cursor is not one of ours.',
    keyReused: () => 'This idempotencyKey was used before with another input. Use a new key.',
    keyInvalid: () => 'An idempotencyKey is 1 to 200 characters.',
    exactlyOneInput: () => 'Give exactly one of url and file.',
  },
} as const;

type Params = Record<string, string | number>;
