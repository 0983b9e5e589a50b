/** Why a fetch came to nothing, as the guarded fetcher tells it. */
export type Refusal =
  | 'ADDRESS_INVALID'
  | 'SCHEME_REFUSED'
  | 'PORT_REFUSED'
  | 'USER_IN_ADDRESS'
  | 'NOT_PUBLIC'
  | 'UNREACHABLE'
  | 'CERTIFICATE_INVALID'
  | 'TOO_SLOW'
  | 'TOO_LARGE'
  | 'HEADERS_TOO_LARGE'
  | 'TOO_MANY_REDIRECTS'
  | 'REDIRECT_REFUSED'
  | 'CUT_OFF'
  | 'BAD_ANSWER'
  | 'NO_ROOM'
  | 'CANCELLED'
  /** robots.txt asks us to stay away. */
  | 'ROBOTS';

/** Faults of the address itself, which URL-01 tells. */
export const addressRefusals: readonly Refusal[] = [
  'ADDRESS_INVALID',
  'SCHEME_REFUSED',
  'PORT_REFUSED',
  'USER_IN_ADDRESS',
];

/** What it means, as the second half of a sentence. Private targets and unknown names read alike. */
export const refusalWords: Readonly<Record<Refusal, string>> = {
  ADDRESS_INVALID: 'the address is not written as one',
  SCHEME_REFUSED: 'the address begins with neither https:// nor http://',
  PORT_REFUSED: 'only the usual ports are reached',
  USER_IN_ADDRESS: 'the address holds a user name or a password',
  NOT_PUBLIC: 'no server of the public internet answers under this name',
  UNREACHABLE: 'the server does not take the connection',
  CERTIFICATE_INVALID: 'its certificate is not valid',
  TOO_SLOW: 'it takes too long',
  TOO_LARGE: 'it is too large',
  HEADERS_TOO_LARGE: 'its headers are too large',
  TOO_MANY_REDIRECTS: 'it redirects more than three times',
  REDIRECT_REFUSED: 'it redirects from https to http, or where no redirect may lead',
  CUT_OFF: 'the answer breaks off in the middle',
  BAD_ANSWER: 'the answer cannot be read',
  NO_ROOM: 'there is no room left here to keep it',
  CANCELLED: 'the check was stopped',
  ROBOTS: 'its robots.txt asks us to stay away',
};
