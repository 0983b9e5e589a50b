import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { AccountRenameMutation, type AccountShown } from './documents.ts';

/** Saves the name or the address of an account; answers with why it was refused, or null. */
export function useAccountEdit(account: AccountShown, onChanged: () => void) {
  const { t } = useTranslation();
  const [edit] = useMutation(AccountRenameMutation);
  return async (change: { name?: string; website?: string }): Promise<string | null> => {
    try {
      const { data } = await edit({ variables: { id: account.id, input: { revision: account.revision, ...change } } });
      const refusal = data?.accountEdit.userErrors[0];
      if (!refusal) onChanged();
      return refusal?.message ?? null;
    } catch (error) {
      return t(`comments.failure.${failureOf(error)}`);
    }
  };
}
