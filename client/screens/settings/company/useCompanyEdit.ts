import { useMutation } from '@apollo/client/react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../../api/failure.ts';
import { ViewerQuery } from '../../../features/viewer/viewer.ts';
import { CompanySettingsQuery, companyEditMutation, type Settings } from './documents.ts';

type Fields = Partial<Omit<Settings, 'revision' | '__typename'>>;
type Problem = { field: string | null; message: string };

/**
 * One part of the settings: what is typed stands beside what the server holds until it is saved, so that a change of
 * somebody else in another part never takes it away.
 */
export function useCompanyEdit<F extends Fields>(settings: Settings, pick: (settings: Settings) => F) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<Partial<F>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isSaved, setSaved] = useState(false);
  const [edit, { loading }] = useMutation(companyEditMutation, {
    refetchQueries: [CompanySettingsQuery, ViewerQuery],
    awaitRefetchQueries: true,
  });
  const held = pick(settings);
  const values: F = { ...held, ...typed };
  const isChanged = JSON.stringify(values) !== JSON.stringify(held);

  async function save(event: FormEvent) {
    event.preventDefault();
    setProblem(null);
    try {
      const answer = await edit({ variables: { input: { revision: settings.revision, ...typed } } });
      const wrong = answer.data?.companyEdit.userErrors[0];
      if (wrong) return setProblem({ field: wrong.field, message: wrong.message });
      setTyped({});
      setSaved(true);
    } catch (error) {
      setProblem({ field: null, message: t(`submissions.trouble.${failureOf(error)}`) });
    }
  }

  return {
    values,
    isChanged,
    isSaved,
    loading,
    problem,
    save,
    change(fields: Partial<F>) {
      setTyped((had) => ({ ...had, ...fields }));
      setProblem(null);
      setSaved(false);
    },
    discard() {
      setTyped({});
      setProblem(null);
    },
    errorOf: (field: keyof F) => (problem?.field === field ? problem.message : null),
  };
}
