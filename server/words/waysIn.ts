type Params = Record<string, string | number>;

/** Why a link, a code or a password lets nobody in. */
export const waysIn = {
  invitation: {
    INVITATION_EXPIRED: () => 'This invitation is older than 7 days. Ask whoever invited you to send it again.',
    INVITATION_INVALID: () => 'This link is not complete, or a newer mail has replaced it. Open the newest one.',
    INVITATION_KNOWN: () => 'This address can sign in already. Sign in with it.',
    INVITATION_OTHER_PERSON: () => 'This invitation is for another address. Sign out first, then open it again.',
    INVITATION_REVOKED: () => 'This invitation was withdrawn. Ask whoever invited you.',
    INVITATION_USED: () => 'This invitation was accepted already. Sign in with the address that it was sent to.',
  },
  setUp: {
    SET_UP_OVER: () => 'This Slipway is set up already. Sign in, or ask whoever runs it to invite you.',
    SET_UP_TOKEN: () => 'This link is not complete. Copy the whole address from the terminal.',
  },
  signIn: {
    CODE_DEAD: () => 'This code is closed after too many wrong tries. Ask for a new mail.',
    CODE_EXPIRED: (params: Params) => `This code is older than ${params.minutes} minutes. Ask for a new mail.`,
    CODE_USED: () => 'This code has been used already. Ask for a new mail.',
    CODE_WRONG: () => 'This is not the code of the newest mail. Look again; it has six digits.',
    EMAIL_INVALID: () => 'Enter an e-mail address, such as jana@example.com.',
    PASSWORD_NOT_RIGHT: () => 'This address and this password do not belong together. You can also ask for a link.',
    PASSWORD_TOO_LONG: (params: Params) => `A password has at most ${params.max} bytes.`,
    PASSWORD_TOO_SHORT: (params: Params) => `A password has at least ${params.min} characters.`,
    PASSWORD_WRONG: () => 'This is not your password now.',
    SIGN_IN_NOT_FRESH: () => 'Give your password of now, or sign in again first.',
    LINK_DEAD: () => 'This link is closed after too many wrong tries. Ask for a new one.',
    LINK_EXPIRED: (params: Params) => `This link is older than ${params.minutes} minutes. Ask for a new one.`,
    LINK_INVALID: () => 'This link is not complete or not one of ours. Ask for a new one.',
    LINK_OTHER_BROWSER: () =>
      'This link was asked for in another browser. Open it there, or ask for a new one in this browser.',
    LINK_USED: () => 'This link has been used already. Ask for a new one.',
    SAMPLE_NOT_OFFERED: () =>
      'Sample people can sign in only on the machine that runs Slipway, while nobody real is in it.',
  },
} as const;
