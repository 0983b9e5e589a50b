import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog, DialogForm } from '../../components/Dialog.tsx';
import { FieldError } from '../../components/Notice.tsx';
import type { Change, Problem } from './documents.ts';
import styles from './Template.module.css';

type Props = {
  number: number;
  /** The version that stands published now; null when none does. */
  publishedNumber: number | null;
  changes: readonly Change[];
  problems: readonly Problem[];
  titleOf: (problem: Problem) => string;
  isBusy: boolean;
  failure: string | null;
  onPublish: () => void;
  onClose: () => void;
};

/** What publishing will change, and what still keeps it from happening. */
export function PublishDialog(props: Props) {
  const { number, publishedNumber, changes, problems, titleOf, isBusy, failure, onPublish, onClose } = props;
  const { t } = useTranslation();
  return (
    <Dialog title={t('templates.publish.title', { number })} onClose={onClose}>
      <DialogForm
        onSubmit={onPublish}
        actions={
          <>
            <Button type="submit" loading={isBusy} disabled={problems.length > 0}>
              {t('templates.publish.submit')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        <p className={styles.soft}>{t('templates.publish.lead')}</p>
        {problems.length > 0 && (
          <section>
            <h3 className={styles.changesTitle}>{t('templates.publish.problems')}</h3>
            <ul className={styles.changes}>
              {problems.map((problem) => (
                <li key={`${problem.taskKey} ${problem.phaseKey} ${problem.code} ${problem.message}`}>
                  {titleOf(problem) !== '' && <strong>{titleOf(problem)}: </strong>}
                  {problem.message}
                </li>
              ))}
            </ul>
          </section>
        )}
        <section>
          {publishedNumber === null ? (
            <p>{t('templates.publish.first')}</p>
          ) : (
            <h3 className={styles.changesTitle}>{t('templates.publish.changes', { number: publishedNumber })}</h3>
          )}
          {publishedNumber !== null && changes.length === 0 && <p>{t('templates.publish.none')}</p>}
          <ul className={styles.changes}>
            {changes.map((change) => (
              <li key={`${change.kind} ${change.thing} ${change.key}`}>
                <strong>{t(`templates.publish.kind.${change.kind}`)}</strong>{' '}
                {t(`templates.publish.thing.${change.thing}`)} {change.title.trim() || t('templates.inputs.unnamed')}
                {change.fields.length > 0 && (
                  <span className={styles.soft}>
                    {' '}
                    ({change.fields.map((field) => t(`templates.field.${field as 'title'}`)).join(', ')})
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
        {failure && <FieldError>{failure}</FieldError>}
      </DialogForm>
    </Dialog>
  );
}
