import type { Viewer } from '../viewer.ts';
import type { Hit } from './documents.ts';

/** A line of the palette: something found, or a place to go to. */
export type Entry = { key: string; href: string } & (
  | { kind: 'PLACE'; word: PlaceWord }
  | { kind: Hit['kind']; hit: Hit }
);

const places = [
  { word: 'myDay', href: '/my-day', isFor: (viewer: Viewer) => viewer.isStaff },
  { word: 'overview', href: '/overview', isFor: (viewer: Viewer) => viewer.isStaff },
  { word: 'accounts', href: '/accounts', isFor: (viewer: Viewer) => viewer.isStaff },
  { word: 'workload', href: '/workload', isFor: (viewer: Viewer) => viewer.isStaff },
  { word: 'newIntegration', href: '/projects/new', isFor: (viewer: Viewer) => viewer.viewerCan.createProjects },
  { word: 'journeys', href: '/journeys', isFor: (viewer: Viewer) => viewer.viewerCan.readJourneys },
  { word: 'templates', href: '/templates', isFor: (viewer: Viewer) => viewer.viewerCan.readTemplates },
  { word: 'people', href: '/settings/people', isFor: (viewer: Viewer) => viewer.viewerCan.seePeople },
  { word: 'profile', href: '/settings/profile', isFor: () => true },
  { word: 'tokens', href: '/settings/tokens', isFor: (viewer: Viewer) => viewer.viewerCan.createTokens },
  { word: 'company', href: '/settings/company', isFor: (viewer: Viewer) => viewer.viewerCan.editCompany },
  { word: 'activity', href: '/settings/activity', isFor: (viewer: Viewer) => viewer.viewerCan.readAudit },
  { word: 'explorer', href: '/explorer', isFor: () => true },
  { word: 'guide', href: '/guide', isFor: () => true },
] as const;
export type PlaceWord = (typeof places)[number]['word'];

/** The places that this person may go to and whose name holds what was typed. */
export function placesFor(viewer: Viewer, text: string, nameOf: (word: PlaceWord) => string): Entry[] {
  const wanted = text.trim().toLowerCase();
  return places
    .filter((place) => place.isFor(viewer) && nameOf(place.word).toLowerCase().includes(wanted))
    .map(({ word, href }) => ({ key: word, href, kind: 'PLACE', word }));
}

/** Where a found thing is looked at; null for what has no page of its own for this viewer. */
export function hrefOf(hit: Hit, viewer: Viewer): string | null {
  if (!hit.node) return null;
  switch (hit.kind) {
    case 'PROJECT':
      return `/projects/${hit.node.id}`;
    case 'TASK':
      return `/tasks/${hit.node.id}`;
    case 'COMMENT':
      return hit.task && `/tasks/${hit.task.id}?comment=${hit.node.id}`;
    case 'NOTE':
      return hit.task && `/tasks/${hit.task.id}?tab=note`;
    case 'FILE':
      return hit.task && `/tasks/${hit.task.id}`;
    case 'PERSON':
      return viewer.viewerCan.seePeople ? '/settings/people' : null;
    default:
      return null;
  }
}

export function foundEntries(hits: readonly Hit[], viewer: Viewer): Entry[] {
  return hits.flatMap((hit) => {
    const href = hrefOf(hit, viewer);
    return href === null || !hit.node ? [] : [{ key: hit.node.id, href, kind: hit.kind, hit }];
  });
}
