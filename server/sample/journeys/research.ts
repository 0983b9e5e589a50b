import type { Interview, Persona } from '../../journeys/parts.ts';

/*
 * What "Integration as it was" stands on: clients and the company's own teams were asked. Written with the short words of
 * integrationToday.ts.
 */

export const personas: readonly Persona[] = [
  {
    id: 'shopManager',
    name: 'Hanna, runs the shop',
    role: 'E-commerce manager at a client',
    about: 'Signs for a tool between two campaigns. She has an agency for code, and no developer of her own.',
    wants: 'To see her own products in it soon, and to know at any time what is hers to do.',
  },
  {
    id: 'accountManager',
    name: 'Teo, takes shops live',
    role: 'Technical account manager',
    about: 'Looks after fifteen integrations at once, from his mailbox and a sheet.',
    wants: 'Files that are right the first time, and no question asked twice.',
  },
];

export const interviews: readonly Interview[] = [
  {
    id: 'talkLavande',
    name: 'Camille',
    role: 'E-commerce manager',
    heldOn: '2026-02-10',
    notes:
      'I sent the feed three times. Each time the answer came days later and was about another column.\nBy the time I saw the first result I had stopped asking.',
    personaId: 'shopManager',
    touchpointIds: ['send', 'review', 'again', 'sight'],
  },
  {
    id: 'talkAgency',
    name: 'Jonas',
    role: 'Developer at an agency',
    heldOn: '2026-02-12',
    notes: 'The guide is in one place and the form in another. I had both open, and still asked what our account is.',
    personaId: null,
    touchpointIds: ['welcome', 'read', 'tracking'],
  },
  {
    id: 'talkTeam',
    name: 'Three technical account managers',
    role: 'The company',
    heldOn: '2026-02-17',
    notes:
      'Kick-off is mostly asking what Sales already knows. Half of the week goes into files that come back, and into telling where things stand.',
    personaId: 'accountManager',
    touchpointIds: ['kickoff', 'review', 'status'],
  },
];

/** Who told of the pain points, by these. */
export const evidence: Readonly<Record<string, readonly string[]>> = {
  'welcome-pain1': ['talkAgency'],
  'kickoff-pain1': ['talkTeam'],
  'review-pain1': ['talkLavande', 'talkTeam'],
  'again-pain1': ['talkLavande'],
  'tracking-pain1': ['talkAgency'],
  'sight-pain1': ['talkLavande'],
};
