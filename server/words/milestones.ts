type Params = Record<string, string | number>;

/** Milestones: the task that a low score opens, and the record of what was approved, which people print. */
export const milestones = {
  lowScore: {
    title: (params: Params) => `Look after the client: ${params.score} of ${params.max} for “${params.phase}”`,
    purpose: () => 'so that what went wrong is mended while it is fresh',
    documentation: (params: Params) =>
      params.said === '> '
        ? `Somebody who took part gave “${params.phase}” ${params.score} of ${params.max}, without words. Ask them what went wrong.`
        : `Somebody who took part gave “${params.phase}” ${params.score} of ${params.max}, and said:\n\n${params.said}\n\nAnswer them in person. Who it was stands with the milestone, on the project.`,
  },
  record: {
    title: () => 'Record of approvals',
    lead: (params: Params) => `${params.project}: ${params.account} with ${params.company}`,
    printed: (params: Params) => `As of ${params.at}. All times are in the zone ${params.zone}.`,
    milestones: () => 'Milestones signed off',
    noMilestones: () => 'No milestone has been signed off yet.',
    approvals: () => 'Approvals given',
    noApprovals: () => 'Nothing has been approved yet.',
    signOff: (params: Params) => `Sign-off ${params.number}`,
    outdated: () => 'Something has changed since; this record is of what was signed.',
    by: () => 'Signed by',
    decidedBy: () => 'Decided by',
    inPlaceOf: () => 'In the place of',
    at: () => 'When',
    said: () => 'Words',
    statement: () => 'What was agreed to',
    what: () => 'Of what',
    decision: () => 'Decision',
    fingerprint: () => 'SHA-256',
    contents: () => 'What it covers',
    task: () => 'Task',
    state: () => 'State',
    version: () => 'Version',
    ofVersion: (params: Params) => `Version ${params.version} of “${params.title}”`,
    ofHidden: () => 'Something that is not shared any more',
    ofText: () => 'The text of the task itself',
    hidden: () => 'A task that is not shared any more',
    none: () => '–',
    somebody: () => 'Somebody who is not here any more',
    decisions: { APPROVED: () => 'Approved', REFUSED: () => 'Refused' },
    states: { DONE: () => 'Done', WAIVED: () => 'Not needed' },
    fileName: (params: Params) => `record-${params.today}.html`,
  },
} as const;
