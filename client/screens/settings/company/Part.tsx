import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import styles from './Company.module.css';

type Props = {
  title: string;
  about: string;
  edit: {
    isChanged: boolean;
    isSaved: boolean;
    loading: boolean;
    problem: { field: string | null; message: string } | null;
    save: (event: FormEvent) => void;
    discard: () => void;
  };
  children: ReactNode;
};

/** One part of the settings, saved by itself. */
export function Part({ title, about, edit, children }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const isOfNoField = edit.problem !== null && (edit.problem.field === null || edit.problem.field === 'revision');
  return (
    <form className={styles.part} onSubmit={edit.save} noValidate aria-labelledby={id}>
      <div className={styles.about}>
        <h2 id={id}>{title}</h2>
        <p>{about}</p>
      </div>
      <div className={styles.fields}>
        {children}
        {isOfNoField && <FieldError>{edit.problem?.message}</FieldError>}
        <div className={styles.actions}>
          <Button type="submit" loading={edit.loading} disabled={!edit.isChanged}>
            {t('company.save')}
          </Button>
          {edit.isChanged && (
            <Button variant="default" onClick={edit.discard}>
              {t('company.discard')}
            </Button>
          )}
          <span role="status" className={styles.saved}>
            {edit.isSaved && !edit.isChanged ? t('company.saved') : ''}
          </span>
        </div>
      </div>
    </form>
  );
}
