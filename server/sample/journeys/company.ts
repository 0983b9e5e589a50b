import type { InformationItem, JourneyMap, Sensitivity } from '../../journeys/map.ts';

/*
 * What belongs to the sample company and stands on all of its journeys. An item has one set of homes, whatever the
 * journey: so the process of today and the one with Slipway have items of their own, and those of today say in
 * brackets where they are kept.
 */
const departments: JourneyMap['departments'] = [
  { id: 'client', name: 'Client', kind: 'CUSTOMER' },
  { id: 'developers', name: "Client's developers", kind: 'THIRD_PARTY' },
  { id: 'marketing', name: 'Marketing', kind: 'TEAM' },
  { id: 'sales', name: 'Sales', kind: 'TEAM' },
  { id: 'pm', name: 'Project managers', kind: 'TEAM' },
  { id: 'tam', name: 'Technical account managers', kind: 'TEAM' },
  { id: 'support', name: 'Support', kind: 'TEAM' },
  { id: 'finance', name: 'Finance', kind: 'TEAM' },
];

const systems: JourneyMap['systems'] = [
  { id: 'slipway', name: 'Slipway', kind: 'SLIPWAY', ownerId: 'pm' },
  { id: 'crm', name: 'CRM', kind: 'CRM', ownerId: 'sales' },
  { id: 'sheet', name: 'Integration sheet', kind: 'SHEET', ownerId: 'pm' },
  { id: 'mail', name: 'E-mail', kind: 'MAIL', ownerId: null },
  { id: 'drive', name: 'Shared drive', kind: 'DOCUMENT', ownerId: null },
  { id: 'guides', name: 'Documentation site', kind: 'DOCUMENT', ownerId: 'tam' },
  { id: 'chat', name: 'Chat', kind: 'CHAT', ownerId: null },
  { id: 'tickets', name: 'Ticket tool', kind: 'OTHER', ownerId: 'tam' },
  { id: 'console', name: 'Product console', kind: 'OTHER', ownerId: 'tam' },
  { id: 'desk', name: 'Help desk', kind: 'SUPPORT', ownerId: 'support' },
  { id: 'website', name: 'Website', kind: 'OTHER', ownerId: 'marketing' },
  { id: 'automation', name: 'Marketing automation', kind: 'MARKETING', ownerId: 'marketing' },
  { id: 'registry', name: 'Product registration', kind: 'OTHER', ownerId: 'marketing' },
  { id: 'books', name: 'Accounting', kind: 'ERP', ownerId: 'finance' },
];

const item = (
  id: string,
  name: string,
  ownerId: string | null,
  homeIds: readonly string[],
  sensitivity: Sensitivity = 'INTERNAL',
): InformationItem => ({ id, name, ownerId, homeIds, sensitivity, factKey: null });

const today = [
  item('oldProposal', 'Signed proposal (CRM and drive)', 'sales', ['crm', 'drive']),
  item('oldPromises', 'What was promised (by word of mouth)', null, []),
  item('oldContacts', "Client's contacts (CRM and sheet)", 'sales', ['crm', 'sheet'], 'PERSONAL'),
  item('oldPlatform', 'Shop platform (CRM)', 'sales', ['crm']),
  item('oldVolume', 'Order volume (CRM)', 'sales', ['crm']),
  item('oldPlan', 'Integration plan (sheet)', 'pm', ['sheet']),
  item('oldState', 'State of the integration (sheet and tickets)', null, ['sheet', 'tickets']),
  item('oldGuide', 'Integration guide (drive and site)', 'tam', ['drive', 'guides'], 'PUBLIC'),
  item('oldFeed', 'Feed file (by e-mail)', 'client', ['mail']),
  item('oldRemarks', 'Remarks on the feed file (by e-mail)', 'tam', ['mail']),
  item('oldAccess', 'Access to the shop (in chat)', 'client', ['chat'], 'SECRET'),
  item('oldSnippet', 'Tracking snippet (documentation site)', 'tam', ['guides'], 'PUBLIC'),
  item('oldAnswers', 'Questions and answers (by e-mail)', null, ['mail']),
  item('oldTests', 'Test results (sheet)', 'tam', ['sheet']),
  item('oldPreview', 'Product with own data (product console)', 'tam', ['console']),
  item('oldGoLive', 'Go-live date (sheet)', 'pm', ['sheet']),
  item('oldNotes', 'Notes of the kick-off (drive)', 'pm', ['drive']),
  item('oldSettings', 'Product settings (product console)', 'tam', ['console']),
];

const withSlipway = [
  item('proposal', 'Signed proposal', 'sales', ['crm']),
  item('promises', 'What was promised', 'sales', ['slipway']),
  item('contacts', "Client's people", 'client', ['slipway'], 'PERSONAL'),
  item('platform', 'Shop platform', 'client', ['slipway']),
  item('volume', 'Order volume', 'client', ['slipway']),
  item('plan', 'Integration plan', 'pm', ['slipway']),
  item('state', 'State, and whose turn it is', 'pm', ['slipway']),
  item('guide', 'Guide of each task', 'tam', ['slipway']),
  item('feed', 'Product feed', 'client', ['slipway']),
  item('verdict', 'Verdict on the feed', 'tam', ['slipway']),
  item('access', 'Access to the shop', 'client', ['slipway'], 'SECRET'),
  item('snippet', 'Tracking snippet', 'tam', ['slipway'], 'PUBLIC'),
  item('talk', 'Conversation of each task', 'pm', ['slipway']),
  item('firstLook', 'First look at their own products', 'tam', ['slipway']),
  item('tests', 'Checks before going live', 'tam', ['slipway']),
  item('goLive', 'Go-live date', 'pm', ['slipway']),
];

const leads = [
  item('lead', 'Lead', 'marketing', ['automation'], 'PERSONAL'),
  item('interest', 'Pages seen and papers downloaded', 'marketing', ['automation']),
  item('customer', 'Customer record', null, ['automation', 'crm', 'books'], 'PERSONAL'),
  item('wishes', 'What the customer wants to reach', 'sales', ['crm']),
  item('order', 'Order', 'sales', ['crm']),
  item('invoice', 'Invoice', 'finance', ['books']),
  item('payment', 'Payments that are late', 'finance', ['books']),
  item('registered', 'Registered products', 'marketing', ['registry']),
  item('bought', 'Product and day of purchase', null, ['registry', 'desk']),
  item('incident', 'Support incident', 'support', ['desk']),
  item('causes', 'Causes of incidents', 'support', ['desk']),
  item('feedback', 'Rating of the help', 'support', ['desk']),
  item('wellbeing', 'How customers fare after the purchase', null, []),
];

export const company = {
  departments,
  systems,
  items: [...today, ...withSlipway, ...leads],
  links: [
    { id: 'crmToSlipway', fromId: 'crm', toId: 'slipway', itemIds: ['proposal', 'promises'] },
    { id: 'slipwayToDesk', fromId: 'slipway', toId: 'desk', itemIds: ['contacts', 'platform', 'talk'] },
    { id: 'websiteToAutomation', fromId: 'website', toId: 'automation', itemIds: ['lead', 'interest'] },
    // Both write: the customer record is whatever was saved last.
    { id: 'automationToCrm', fromId: 'automation', toId: 'crm', itemIds: ['customer'] },
    { id: 'crmToAutomation', fromId: 'crm', toId: 'automation', itemIds: ['customer'] },
  ],
} as const satisfies Pick<JourneyMap, 'departments' | 'systems' | 'items' | 'links'>;
