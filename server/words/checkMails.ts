type Params = Record<string, string | number>;

/** Mails about standing checks and feeds that nobody looks at. */
export const checkMails = {
  checkStaysBroken: {
    subject: (params: Params) => `Broken for a day: ${params.task}`,
    before: [
      (params: Params) => `Hello ${params.name},`,
      (params: Params) => `${params.subject} was right once, and has failed its check for a day now. ${params.why}`,
    ],
    action: () => 'See what is wrong',
    after: [
      (params: Params) =>
        `${params.company} goes on looking, and the task closes by itself once it is mended. You get this mail once.`,
    ],
  },
  feedGivenUp: {
    subject: (params: Params) => `Not fetched any more: ${params.task}`,
    before: [
      (params: Params) => `Hello ${params.name},`,
      (params: Params) =>
        `${params.subject} could not be fetched many times in a row, so it is not fetched by itself any more. ${params.why}`,
    ],
    action: () => 'Open the task',
    after: [
      () =>
        'Once the address answers again, press “Fetch again” in the task: from then on it is fetched as before. You get this mail once.',
    ],
  },
};
