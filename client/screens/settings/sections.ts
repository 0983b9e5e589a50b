import { IconBuilding, IconHistory, IconKey, IconUserCircle, IconUsers } from '@tabler/icons-react';
import type { Viewer } from '../../features/viewer/viewer.ts';

type ViewerCan = Viewer['viewerCan'];

/**
 * The sections of settings, in their order. A new one is a line here, its word in `words/en/settings.ts`, and a route
 * beside the others in `routes.tsx` that loads its screen out of a folder of its own.
 */
export const sections = [
  { to: '/settings/profile', word: 'settings.sections.profile', Icon: IconUserCircle, isFor: () => true },
  {
    to: '/settings/people',
    word: 'settings.sections.people',
    Icon: IconUsers,
    isFor: (can: ViewerCan) => can.seePeople,
  },
  {
    to: '/settings/tokens',
    word: 'settings.sections.tokens',
    Icon: IconKey,
    isFor: (can: ViewerCan) => can.createTokens,
  },
  {
    to: '/settings/company',
    word: 'settings.sections.company',
    Icon: IconBuilding,
    isFor: (can: ViewerCan) => can.editCompany,
  },
  {
    to: '/settings/activity',
    word: 'settings.sections.activity',
    Icon: IconHistory,
    isFor: (can: ViewerCan) => can.readAudit,
  },
] as const;
