import { getI18n } from 'react-i18next';

type AddWords = (words: ReturnType<typeof getI18n>) => void;

/** A screen with the words that only it says: both are asked for at once. */
export async function withWords<Screen>(screen: Promise<Screen>, adding: Promise<AddWords>): Promise<Screen> {
  const [loaded, addWords] = await Promise.all([screen, adding]);
  addWords(getI18n());
  return loaded;
}
export const accountWords = async () => (await import('./accounts.ts')).addAccountWords;
export const apiWords = async () => (await import('./api.ts')).addApiWords;
export const authorWords = async () => (await import('./authors.ts')).addAuthorWords;
export const firstLookWords = async () => (await import('./firstLookScreen.ts')).addFirstLookScreenWords;
export const guestWords = async () => (await import('./guest.ts')).addGuestWords;
export const invitationWords = async () => (await import('./invitation.ts')).addInvitationWords;
export const newIntegrationWords = async () => (await import('./newIntegration.ts')).addNewIntegrationWords;
export const overviewWords = async () => (await import('./overview.ts')).addOverviewWords;
export const signInWords = async () => (await import('./signIn.ts')).addSignInWords;
/** Of what really happened, beside those of maps. */
export const realityWords = async () => {
  const [maps, steps] = await Promise.all([import('./journeyMap.ts'), import('./journey.ts')]);
  return (i18n: Parameters<typeof maps.addJourneyMapWords>[0]) => {
    maps.addJourneyMapWords(i18n);
    steps.addJourneyWords(i18n);
  };
};
export const journeyMapWords = async () => (await import('./journeyMap.ts')).addJourneyMapWords;
export const myDayWords = async () => (await import('./myDay.ts')).addMyDayWords;
export const workloadWords = async () => (await import('./workload.ts')).addWorkloadWords;
export const inboxWords = async () => (await import('./inbox.ts')).addInboxWords;
export const taskWords = async () => (await import('./task.ts')).addTaskWords;
export const settingsWords = async () => (await import('./settings.ts')).addSettingsWords;
