import { ApolloProvider } from '@apollo/client/react';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { createApi } from './api/apollo.ts';
import './components/theme.css';
import './components/mantine.css';
import './components/base.css';
import { theme } from './components/theme.ts';
import { isLeaving } from './features/viewer/viewAs.ts';
import { loadViewer, ViewerQuery } from './features/viewer/viewer.ts';
import { LiveRoot } from './live/LiveRoot.tsx';
import { createAppRouter } from './routes.tsx';
import { createWords } from './words/index.ts';

const colorScheme = localStorageColorSchemeManager({ key: 'slipway-appearance' });
const api = createApi({ onSignedOut: toSignIn });
const router = createAppRouter({ client: api.client });
const words = createWords();

/** A full load, so that nothing of the ended session stays in the cache or on the socket. */
function toSignIn() {
  if (location.pathname.startsWith('/sign-in')) return;
  const here = location.pathname + location.search + location.hash;
  location.assign(`/sign-in?returnTo=${encodeURIComponent(here)}`);
}

/** Whether something is what this page's own person is just doing on it. */
function isEcho(actorId: string | undefined): boolean {
  const me = api.client.readQuery({ query: ViewerQuery })?.viewer?.person.id;
  return actorId !== undefined && actorId === me && api.acts.isEcho();
}

/** What could not be loaded without a connection is asked for again by itself. */
async function askAgain() {
  const module = await import('./api/askAgain.ts').catch(() => null);
  await module?.askAgain(api.client);
}

async function checkSession() {
  const before = api.client.readQuery({ query: ViewerQuery })?.viewer;
  const viewer = await loadViewer(api.client, { isFresh: true }).catch(() => 'unknown' as const);
  if (isLeaving()) return;
  if (viewer === null) return toSignIn();
  // Another tab looks through other eyes now, or no longer does: nothing of one view may stay in the other's cache.
  if (viewer !== 'unknown' && before && viewer.person.id !== before.person.id) location.assign('/');
}

// Set before the first paint: React would be a frame too late and the page would flash light.
const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
const chosen = colorScheme.get('auto');
document.documentElement.dataset.mantineColorScheme = chosen === 'auto' ? (isDark ? 'dark' : 'light') : chosen;

/** The nonce of this page; a browser hides it from the attribute and keeps it in the property. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

const place = document.getElementById('root');
if (!place) throw new Error('index.html has lost its #root');
createRoot(place).render(
  <StrictMode>
    <I18nextProvider i18n={words}>
      {/* The variables stand in theme.css, so that the kit writes no style element when it starts. */}
      <MantineProvider
        theme={theme}
        colorSchemeManager={colorScheme}
        defaultColorScheme="auto"
        withCssVariables={false}
        withGlobalClasses={false}
        getStyleNonce={styleNonce}
      >
        <ApolloProvider client={api.client}>
          <LiveRoot socket={api.socket} onRefused={checkSession} onBack={askAgain} isEcho={isEcho}>
            <RouterProvider router={router} />
          </LiveRoot>
        </ApolloProvider>
      </MantineProvider>
    </I18nextProvider>
  </StrictMode>,
);
