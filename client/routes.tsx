import { createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { localPath, textOf } from './api/addresses.ts';
import { NotFound } from './components/NotFound.tsx';
import { type Context, guest, invitation, root, setUp, signIn, signInLink } from './doors.tsx';
import { Shell } from './features/viewer/Shell.tsx';
import { loadViewer } from './features/viewer/viewer.ts';
import { InboxLink } from './live/InboxLink.tsx';
import { LiveInbox } from './live/LiveInbox.tsx';
import { type JourneySearch, journeySearch, type RealitySearch, realitySearch } from './screens/journeys/search.ts';
import { BrokenScreen } from './screens/notFound/BrokenScreen.tsx';
import { parseSearch } from './screens/overview/look.ts';
import { auditSearch } from './screens/settings/activity/search.ts';
import { taskSearch } from './screens/task/search.ts';
import * as words from './words/lazy.ts';

/** Everything below needs a viewer; without one the deep link goes along to the sign-in and comes back. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signedIn',
  beforeLoad: async ({ context, location }) => {
    const viewer = await loadViewer(context.client);
    if (!viewer) throw redirect({ to: '/sign-in', search: { returnTo: localPath(location.href) } });
    return { viewer };
  },
  component: () => (
    <LiveInbox>
      <Shell inbox={(dress) => <InboxLink {...dress} />}>
        <Outlet />
      </Shell>
    </LiveInbox>
  ),
  notFoundComponent: () => <NotFound />,
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ href: localPath(context.viewer.landsOn) ?? '/overview' });
  },
});

const overview = createRoute({
  getParentRoute: () => signedIn,
  path: '/overview',
  validateSearch: parseSearch,
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/overview/OverviewScreen.tsx'), words.overviewWords()),
    'OverviewScreen',
  ),
});

const accounts = createRoute({
  getParentRoute: () => signedIn,
  path: '/accounts',
  validateSearch: (search): { text?: string } => ({ text: textOf(search.text) }),
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/accounts/AccountsScreen.tsx'), words.accountWords()),
    'AccountsScreen',
  ),
});

const account = createRoute({
  getParentRoute: () => signedIn,
  path: '/accounts/$accountId',
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/accounts/AccountScreen.tsx'), words.accountWords()),
    'AccountScreen',
  ),
});

const myDay = createRoute({
  getParentRoute: () => signedIn,
  path: '/my-day',
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/myDay/MyDayScreen.tsx'), words.myDayWords()),
    'MyDayScreen',
  ),
});

const workload = createRoute({
  getParentRoute: () => signedIn,
  path: '/workload',
  // Whose week is open, by its Monday.
  validateSearch: (search): { person?: string; week?: string } => ({
    person: textOf(search.person),
    week: textOf(search.week),
  }),
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/workload/WorkloadScreen.tsx'), words.workloadWords()),
    'WorkloadScreen',
  ),
});

const inbox = createRoute({
  getParentRoute: () => signedIn,
  path: '/inbox',
  validateSearch: (search): { unread?: true } => ({ unread: search.unread ? true : undefined }),
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/inbox/InboxScreen.tsx'), words.inboxWords()),
    'InboxScreen',
  ),
});

const newIntegration = createRoute({
  getParentRoute: () => signedIn,
  path: '/projects/new',
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/newIntegration/NewIntegrationScreen.tsx'), words.newIntegrationWords()),
    'NewIntegrationScreen',
  ),
});

const newIntegrations = createRoute({
  getParentRoute: () => signedIn,
  path: '/projects/new/list',
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/newIntegration/list/ListScreen.tsx'), words.newIntegrationWords()),
    'ListScreen',
  ),
});

const project = createRoute({
  getParentRoute: () => signedIn,
  path: '/projects/$projectId',
  component: lazyRouteComponent(() => import('./screens/project/ProjectScreen.tsx'), 'ProjectScreen'),
});

const firstLook = createRoute({
  getParentRoute: () => signedIn,
  path: '/projects/$projectId/first-look',
  // The mock of which product, without one the first; the rest says where in it, and the screen reads it.
  validateSearch: (search): Readonly<Record<string, unknown>> & { product?: string } => ({
    ...search,
    product: textOf(search.product),
  }),
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/firstLook/FirstLookScreen.tsx'), words.firstLookWords()),
    'FirstLookScreen',
  ),
});

const task = createRoute({
  getParentRoute: () => signedIn,
  path: '/tasks/$taskId',
  validateSearch: taskSearch,
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/task/TaskScreen.tsx'), words.taskWords()),
    'TaskScreen',
  ),
});

const explorer = createRoute({
  getParentRoute: () => signedIn,
  path: '/explorer',
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/explorer/ExplorerScreen.tsx'), words.apiWords()),
    'ExplorerScreen',
  ),
});

const guide = createRoute({
  getParentRoute: () => signedIn,
  path: '/guide',
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/guide/GuideScreen.tsx'), words.apiWords()),
    'GuideScreen',
  ),
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings',
  component: lazyRouteComponent(
    // Its sections stand inside it, so they have their words by then.
    () => words.withWords(import('./screens/settings/SettingsScreen.tsx'), words.settingsWords()),
    'SettingsScreen',
  ),
});

const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/profile' });
  },
});

const settingsProfile = createRoute({
  getParentRoute: () => settings,
  path: 'profile',
  component: lazyRouteComponent(() => import('./screens/settings/profile/ProfileScreen.tsx'), 'ProfileScreen'),
});

const settingsPeople = createRoute({
  getParentRoute: () => settings,
  path: 'people',
  component: lazyRouteComponent(() => import('./screens/settings/people/PeopleScreen.tsx'), 'PeopleScreen'),
});

const settingsTokens = createRoute({
  getParentRoute: () => settings,
  path: 'tokens',
  component: lazyRouteComponent(() => import('./screens/settings/tokens/TokensScreen.tsx'), 'TokensScreen'),
});

const settingsCompany = createRoute({
  getParentRoute: () => settings,
  path: 'company',
  component: lazyRouteComponent(() => import('./screens/settings/company/CompanyScreen.tsx'), 'CompanyScreen'),
});

const journeys = createRoute({
  getParentRoute: () => signedIn,
  path: '/journeys',
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/journeys/JourneysScreen.tsx'), words.journeyMapWords()),
    'JourneysScreen',
  ),
});

const reality = createRoute({
  getParentRoute: () => signedIn,
  path: '/journeys/reality',
  validateSearch: (search): RealitySearch => realitySearch(search),
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/journeys/RealityScreen.tsx'), words.realityWords()),
    'RealityScreen',
  ),
});

const journey = createRoute({
  getParentRoute: () => signedIn,
  path: '/journeys/$journeyId',
  validateSearch: (search): JourneySearch => journeySearch(search),
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/journeys/JourneyScreen.tsx'), words.journeyMapWords()),
    'JourneyScreen',
  ),
});

const templates = createRoute({
  getParentRoute: () => signedIn,
  path: '/templates',
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/templates/TemplatesScreen.tsx'), words.authorWords()),
    'TemplatesScreen',
  ),
});

const template = createRoute({
  getParentRoute: () => signedIn,
  path: '/templates/$templateId',
  // `version` is one of its versions; the others say what of the road is open.
  validateSearch: (search): { version?: string; task?: string; phase?: string; about?: true } => ({
    version: textOf(search.version),
    task: textOf(search.task),
    phase: textOf(search.phase),
    about: search.about ? true : undefined,
  }),
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/templates/TemplateScreen.tsx'), words.authorWords()),
    'TemplateScreen',
  ),
});

const settingsActivity = createRoute({
  getParentRoute: () => settings,
  path: 'activity',
  // What the list is narrowed to stands in the address, so that it can be sent to somebody.
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('./screens/settings/activity/ActivityScreen.tsx'), 'ActivityScreen'),
});

/** A route of each section that `screens/settings/sections.ts` lists. */
const settingsTree = settings.addChildren([
  settingsHome,
  settingsProfile,
  settingsPeople,
  settingsTokens,
  settingsCompany,
  settingsActivity,
]);

const tree = root.addChildren([
  signIn,
  signInLink,
  invitation,
  guest,
  setUp,
  signedIn.addChildren([
    home,
    journeys,
    reality,
    journey,
    templates,
    template,
    overview,
    myDay,
    workload,
    accounts,
    account,
    inbox,
    newIntegration,
    newIntegrations,
    project,
    firstLook,
    task,
    explorer,
    guide,
    settingsTree,
  ]),
]);

export function createAppRouter(context: Context) {
  return createRouter({
    routeTree: tree,
    context,
    defaultPreload: 'intent',
    defaultErrorComponent: BrokenScreen,
    defaultNotFoundComponent: () => <NotFound />,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
  interface HistoryState {
    /** Whoever follows this link wants to type at once. */
    takesFocus?: boolean;
    /** Somebody came here from the entry before, in the same mock. */
    isStep?: boolean | undefined;
  }
}
