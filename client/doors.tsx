/* The pages that one comes to without a session. */
import type { ApolloClient } from '@apollo/client';
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { localPath, textOf } from './api/addresses.ts';
import { loadViewer } from './features/viewer/viewer.ts';
import { BrokenScreen } from './screens/notFound/BrokenScreen.tsx';
import { LostScreen } from './screens/notFound/LostScreen.tsx';
import { loadInvitation } from './screens/signIn/invitation.ts';
import { loadSignInOptions } from './screens/signIn/options.ts';
import * as words from './words/lazy.ts';

export type Context = { client: ApolloClient };

/** Of every page, whoever looks. */
export const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: LostScreen,
  // Outside of the shell nothing else marks the main part of the page.
  errorComponent: ({ error }) => (
    <main>
      <BrokenScreen error={error} />
    </main>
  ),
});

export const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { returnTo?: string } => ({ returnTo: localPath(search.returnTo) }),
  beforeLoad: async ({ context, search }) => {
    const viewer = await loadViewer(context.client).catch(() => null);
    if (viewer) throw redirect({ href: search.returnTo ?? localPath(viewer.landsOn) ?? '/' });
  },
  loader: loadSignInOptions,
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/signIn/SignInScreen.tsx'), words.signInWords()),
    'SignInScreen',
  ),
});

export const signInLink = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/link',
  validateSearch: (search): { id?: string; token?: string } => ({
    id: search.id === undefined ? undefined : String(search.id),
    token: search.token === undefined ? undefined : String(search.token),
  }),
  loader: loadSignInOptions,
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/signIn/LinkScreen.tsx'), words.signInWords()),
    'LinkScreen',
  ),
});

export const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  validateSearch: (search): { id?: string; token?: string } => ({
    id: search.id === undefined ? undefined : String(search.id),
    token: search.token === undefined ? undefined : String(search.token),
  }),
  loaderDeps: ({ search }) => search,
  loader: async ({ deps }) => {
    const [options, answer] = await Promise.all([loadSignInOptions(), loadInvitation(deps)]);
    return { options, answer };
  },
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/signIn/InvitationScreen.tsx'), words.invitationWords()),
    'InvitationScreen',
  ),
});

/** One task, for somebody who is nobody here: `token` is the link's, until it was used. */
export const guest = createRoute({
  getParentRoute: () => root,
  path: '/guest/$id',
  validateSearch: (search): { token?: string } => ({ token: textOf(search.token) }),
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/signIn/guest/GuestScreen.tsx'), words.guestWords()),
    'GuestScreen',
  ),
});

export const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up',
  validateSearch: (search): { token?: string } => ({
    token: search.token === undefined ? undefined : String(search.token),
  }),
  loader: loadSignInOptions,
  component: lazyRouteComponent(
    () => words.withWords(import('./screens/signIn/SetUpScreen.tsx'), words.signInWords()),
    'SetUpScreen',
  ),
});
