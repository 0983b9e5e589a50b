import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Head, updatesOf, updatesQuery } from './documents.ts';
import styles from './Update.module.css';
import { UpdateDialog } from './UpdateDialog.tsx';
import { UpdateTaken } from './UpdateTaken.tsx';

type Props = { projectId: string; company: string };

/** That a template of this project has a newer version, a line each, with the way to review it, and what it did not have to ask. Staff only. */
export function TemplateUpdates({ projectId, company }: Props) {
  const { t } = useTranslation();
  const { data } = useQuery(updatesQuery, { variables: { id: projectId }, fetchPolicy: 'cache-and-network' });
  const [open, setOpen] = useState<Head | null>(null);
  const of = data?.project ? updatesOf(data.project) : null;
  const updates = of?.templateUpdates ?? [];
  const avoided = data?.project?.questionsAvoided ?? 0;
  return (
    <>
      {avoided > 0 && <p className={styles.line}>{t('templateUpdate.avoided', { count: avoided })}</p>}
      {updates.map((update) => (
        <div key={update.template.id} className={styles.line}>
          <p>
            {t('templateUpdate.line', {
              name: update.template.name,
              from: update.fromVersion,
              to: update.toVersion,
            })}
          </p>
          {data?.project?.viewerCan.edit && (
            <Button variant="default" size="xs" onClick={() => setOpen(update)}>
              {t('templateUpdate.open')}
            </Button>
          )}
        </div>
      ))}
      {of?.templateUpdateTaken && (
        <UpdateTaken
          projectId={projectId}
          taken={of.templateUpdateTaken}
          mayEdit={data?.project?.viewerCan.edit ?? false}
        />
      )}
      {open && <UpdateDialog projectId={projectId} head={open} company={company} onClose={() => setOpen(null)} />}
    </>
  );
}
