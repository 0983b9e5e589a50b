import { useLazyQuery, useMutation } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, type ResultOf } from '../../api/graphql.ts';
import { Dialog, DialogForm } from '../../components/Dialog.tsx';
import { FieldError } from '../../components/Notice.tsx';
import { type Chosen, chosenFile } from './chosenFile.ts';
import styles from './ImportJourney.module.css';

const reportQuery = graphql(`
  query JourneyFileReport($file: JourneyFileInput!) {
    journeyFileReport(file: $file) {
      counts {
        kind
        made
        taken
      }
      problems {
        row
        field
        message
      }
      problemCount
    }
  }
`);
const importMutation = graphql(`
  mutation JourneyImport($input: JourneyImportInput!) {
    journeyImport(input: $input) {
      journey {
        id
        name
      }
      userErrors {
        message
      }
    }
  }
`);
type Report = ResultOf<typeof reportQuery>['journeyFileReport'];

/** A journey out of a file: first what it would make and what is wrong in it, then the journey. */
export function ImportJourney({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [look, { loading: isLooking }] = useLazyQuery(reportQuery, { fetchPolicy: 'no-cache' });
  const [send, { loading: isSending }] = useMutation(importMutation);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const [name, setName] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const key = useRef<string>(crypto.randomUUID());
  const makes = report?.counts.some(({ kind, made }) => made > 0 && (kind === 'STAGE' || kind === 'TOUCHPOINT'));

  const take = async (source: File) => {
    key.current = crypto.randomUUID();
    setChosen(null);
    setReport(null);
    setFailure(null);
    const read = await chosenFile(source);
    if (!read) return setFailure(t('journeyMap.files.tooLarge'));
    const { data } = await look({ variables: { file: read.file } }).catch(() => ({ data: undefined }));
    if (!data) return setFailure(t('journeyMap.failed'));
    setChosen(read);
    setName(read.name);
    setReport(data.journeyFileReport);
  };
  const handleSubmit = async () => {
    if (!chosen || !makes) return setFailure(t('journeyMap.files.chooseFirst'));
    if (name.trim() === '') return setFailure(t('journeyMap.nameMissing'));
    setFailure(null);
    try {
      const input = { name: name.trim(), file: chosen.file, idempotencyKey: key.current };
      const { data } = await send({ variables: { input } });
      const refusal = data?.journeyImport.userErrors[0];
      if (refusal) setFailure(refusal.message);
      const made = data?.journeyImport.journey;
      if (made) await navigate({ to: '/journeys/$journeyId', params: { journeyId: made.id } });
    } catch {
      setFailure(t('journeyMap.failed'));
    }
  };

  return (
    <Dialog title={t('journeyMap.files.importTitle')} onClose={onClose}>
      <DialogForm
        onSubmit={() => void handleSubmit()}
        actions={
          <>
            <Button type="submit" loading={isSending} disabled={!makes}>
              {t('journeyMap.create')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        <label className={styles.choose}>
          {t('journeyMap.files.choose')}
          <input
            type="file"
            accept=".json,.csv,.tsv,.txt,application/json,text/csv"
            disabled={isLooking || isSending}
            onChange={({ currentTarget }) => {
              const source = currentTarget.files?.[0];
              if (source) void take(source);
            }}
          />
          <span className={styles.soft}>{t('journeyMap.files.about')}</span>
        </label>
        {report && <Read report={report} makes={makes ?? false} />}
        {makes && (
          <TextInput
            label={t('journeyMap.name')}
            value={name}
            maxLength={120}
            onChange={({ currentTarget }) => {
              key.current = crypto.randomUUID();
              setName(currentTarget.value);
            }}
          />
        )}
        {failure && <FieldError>{failure}</FieldError>}
      </DialogForm>
    </Dialog>
  );
}

/** What a file would make, and line by line what of it would not come along. */
function Read({ report, makes }: { report: Report; makes: boolean }) {
  const { t } = useTranslation();
  const { counts, problems, problemCount } = report;
  const taken = counts.reduce((sum, one) => sum + one.taken, 0);
  return (
    <div className={styles.read} role="status">
      {makes ? (
        <ul className={styles.counts}>
          {counts.flatMap(({ kind, made }) =>
            made > 0 ? [<li key={kind}>{t(`journeyMap.files.made.${kind}`, { count: made })}</li>] : [],
          )}
          {taken > 0 && <li className={styles.soft}>{t('journeyMap.files.taken', { count: taken })}</li>}
        </ul>
      ) : (
        <strong>{t('journeyMap.files.nothing')}</strong>
      )}
      {problemCount > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
        <section className={styles.problems} aria-label={t('journeyMap.files.problems')} tabIndex={0}>
          <table>
            <caption>{t('journeyMap.files.wrong', { count: problemCount })}</caption>
            <thead>
              <tr>
                <th scope="col">{t('journeyMap.files.row')}</th>
                <th scope="col">{t('journeyMap.files.field')}</th>
                <th scope="col">{t('journeyMap.files.what')}</th>
              </tr>
            </thead>
            <tbody>
              {problems.map(({ row, field, message }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a report does not change
                <tr key={at}>
                  <td>{row}</td>
                  <td>{field}</td>
                  <td>{message}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}
