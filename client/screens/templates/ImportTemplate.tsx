import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { Dialog, DialogForm } from '../../components/Dialog.tsx';
import { FieldError } from '../../components/Notice.tsx';
import { importMutation } from '../../features/templates/acts.ts';
import { mostFileBytes } from '../../features/templates/templateFile.ts';
import styles from './Templates.module.css';

type Props = { onClose: () => void };

/** Takes a template in from its file. It opens as a draft; a file that is not right says where. */
export function ImportTemplate({ onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [take, { loading }] = useMutation(importMutation);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [fileName, setFileName] = useState('');
  const input = useRef<HTMLInputElement>(null);

  const handleFile = async (file: File | undefined) => {
    if (!file) return;
    setFileName(file.name);
    setProblems([]);
    if (file.size > mostFileBytes) return setProblems([t('templates.import.tooLarge')]);
    try {
      const variables = { input: { file: await file.text(), idempotencyKey: crypto.randomUUID() } };
      const { data } = await take({ variables });
      setProblems((data?.templateImport.userErrors ?? []).map(({ message }) => message));
      const made = data?.templateImport.template;
      if (made) await navigate({ to: '/templates/$templateId', params: { templateId: made.id } });
    } catch (error) {
      setProblems([t('templates.screen.failed', { reason: t(`comments.failure.${failureOf(error)}`) })]);
    }
  };

  return (
    <Dialog title={t('templates.import.title')} onClose={onClose}>
      <DialogForm
        onSubmit={() => input.current?.click()}
        actions={
          <>
            <Button type="submit" loading={loading}>
              {problems.length === 0 ? t('templates.import.choose') : t('templates.import.chooseAnother')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        <p>{t('templates.import.about')}</p>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          aria-label={t('templates.import.choose')}
          tabIndex={-1}
          hidden
          onChange={(event) => {
            void handleFile(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
        {problems.length > 0 && (
          <div>
            <FieldError>{t('templates.import.refused', { name: fileName, count: problems.length })}</FieldError>
            <ul className={styles.problems}>
              {problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          </div>
        )}
      </DialogForm>
    </Dialog>
  );
}
