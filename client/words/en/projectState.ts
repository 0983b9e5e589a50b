/** What a project says of its state, and the steps between states. */
export const projectState = {
  since: 'Since {{day}}',
  reason: '“{{reason}}”',
  DRAFT: {
    title: 'A draft: only {{company}} sees it',
    staff: 'Arrange the road and its dates in peace. The client knows of it from the moment it is activated.',
    client: 'It is being prepared.',
  },
  ON_HOLD: {
    title: 'On hold',
    staff: 'Nobody is waited for and nothing counts as late until it goes on.',
    client: 'We pause here together. Nothing counts as late until it goes on; what is open stays open.',
  },
  LIVE: {
    title: '{{account}} is live',
    today: '{{account}} went live today',
    staff: 'Well done. What is still open goes on as care after the launch; then the project is closed.',
    client: 'You made it: thank you for the work on your side. We stay close, and what is still open goes on here.',
  },
  CLOSED: {
    title: 'Finished and handed over',
    staff: 'Nobody works in it any more, staff neither: what is open stays as it is. Both sides read and comment here.',
    client: 'Everything stays here to be read. A question? Comment on any task.',
  },
  CANCELLED: {
    title: 'Cancelled',
    staff: 'Nobody works in it any more, staff neither: what is open stays as it is. Both sides read and comment here.',
    client: 'This integration does not go on. Everything stays here to be read, and you can still comment.',
  },
  move: {
    title: 'Change state',
    ACTIVATE: 'Activate',
    HOLD: 'Put on hold',
    RESUME: 'Go on',
    GO_LIVE: 'Go live',
    CLOSE: 'Close',
    CANCEL: 'Cancel the project',
  },
  ask: {
    ACTIVATE: '{{account}} sees this project from now on.',
    HOLD: 'Clocks stand still, and nobody is reminded of anything. {{account}} reads your reason.',
    RESUME:
      'Clocks run again. Tasks are due as many working days later as it stood still; the target stays where it is.',
    GO_LIVE: 'The shop of {{account}} is live on the products. Every gate task has to be done or waived.',
    CLOSE:
      'The project is handed over, for good. From then on nobody works in it, staff neither: tasks stay as they are, and meetings to come are called off. Both sides can read it and comment.',
    CANCEL:
      'This integration is given up for good. From then on nobody works in it, staff neither: tasks stay as they are, and meetings to come are called off. Both sides can read it and comment; {{account}} reads your reason.',
  },
  do: {
    ACTIVATE: 'Activate',
    HOLD: 'Put on hold',
    RESUME: 'Go on',
    GO_LIVE: 'Go live',
    CLOSE: 'Close the project',
    CANCEL: 'Cancel the project',
  },
  reasonLabel: 'Why',
  reasonMissing: 'Say why, in a sentence that both sides can read.',
  gatesOpen: 'These have to be done or waived first:',
} as const;
