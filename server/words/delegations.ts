type Params = Record<string, string | number>;

/** What is said when approvals cannot be given to somebody. */
export const delegationsRefused = {
  NOT_A_DELEGATE: () => 'This person cannot approve in your place. Choose somebody of your own side.',
  NOTHING_TO_DELEGATE: () => 'There is nothing here that you would approve.',
  DELEGATED_ALREADY: () => 'Somebody approves in your place then already. Take that back first.',
  DELEGATE_AWAY: () => 'This person is away in that time, too. Choose somebody else.',
  DAYS_OUT_OF_RANGE: () => 'Choose days from today on, within a year, the last one not before the first.',
};

/** Tells somebody who is away that whoever stood in for them cannot any more. */
export const delegationMails = {
  delegateLost: {
    subject: (params: Params) => `${params.delegate} no longer approves in your place`,
    before: [
      (params: Params) => `Hello ${params.name},`,
      (params: Params) =>
        `${params.delegate} may not approve for you any more. What waits for your approval is with you again.`,
    ],
    action: () => 'Name somebody else',
    after: [(params: Params) => `You get this mail from ${params.company} once.`],
  },
};
