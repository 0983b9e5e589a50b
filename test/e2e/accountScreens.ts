import { eq } from 'drizzle-orm';
import { accountExternalIds } from '../../drizzle/schema/index.ts';
import { t } from '../support/words.ts';
import type { Screen } from './screenList.ts';

/** The accounts of the company, for staff; to a client there is nothing at any of these addresses. */
export const accountScreens: Screen[] = [
  {
    name: 'accounts',
    as: 'pm',
    path: () => '/accounts',
    isLoaded: (page) => page.getByRole('list', { name: t('accounts.list') }).waitFor(),
    mainAction: null,
  },
  {
    name: 'an account over all its projects',
    as: 'pm',
    isLoadedAnew: true,
    async path(app) {
      const { id } = app.world.clients[0]!.account;
      const known = await app.services.db.$count(accountExternalIds, eq(accountExternalIds.accountId, id));
      const setAt = app.services.clock.now();
      const row = { system: 'salesforce', externalId: '0015g00000XyZ1AAB', accountId: id, setAt };
      if (known === 0) await app.services.db.insert(accountExternalIds).values(row);
      return `/accounts/${id}`;
    },
    isLoaded: async (page) => {
      await page.getByText('0015g00000XyZ1AAB').waitFor();
      await page
        .getByRole('region', { name: t('accounts.history.title') })
        .getByRole('listitem')
        .first()
        .waitFor();
    },
    mainAction: null,
  },
  {
    name: 'an account, of which a client knows nothing',
    as: 'client',
    path: (app) => `/accounts/${app.world.clients[0]!.account.id}`,
    isLoaded: (page) => page.getByRole('heading', { name: t('common.error.notFoundTitle') }).waitFor(),
    mainAction: null,
  },
];
