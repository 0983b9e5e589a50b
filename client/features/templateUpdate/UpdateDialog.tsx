import { useMutation, useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { Dialog, DialogForm } from '../../components/Dialog.tsx';
import { ErrorState, FieldError } from '../../components/Notice.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { useUndo } from '../../components/UndoToast.tsx';
import { type Head, type Item, updateMutation, updateQuery } from './documents.ts';
import { ItemShown } from './ItemShown.tsx';
import styles from './Update.module.css';
import { useTakeBack } from './useTakeBack.ts';

type Props = { projectId: string; head: Head; company: string; onClose: () => void };

/** The changes of a newer version, each to take or to leave; what stays and why stands below them. */
export function UpdateDialog({ projectId, head, company, onClose }: Props) {
  const { t } = useTranslation();
  const { template } = head;
  const { data, error, refetch } = useQuery(updateQuery, {
    variables: { projectId, templateId: template.id },
    fetchPolicy: 'network-only',
  });
  const offerUndo = useUndo();
  const takeBack = useTakeBack(projectId);
  const [apply, { loading }] = useMutation(updateMutation);
  /** What somebody said; the rest is as it is proposed. */
  const [said, setSaid] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [failure, setFailure] = useState<string | null>(null);
  const update = data?.templateUpdate;
  const items = update?.items ?? [];
  const open = items.filter(({ keptBecause }) => keptBecause === null);
  const kept = items.filter(({ keptBecause }) => keptBecause !== null);
  const isTaken = ({ key, isEditedHere }: Item) => said.get(key) ?? !isEditedHere;
  const taken = open.filter(isTaken);

  const handleSubmit = async () => {
    if (!update) return;
    setFailure(null);
    const { fromVersion, toVersion } = update;
    const input = { templateId: template.id, fromVersion, toVersion, accept: taken.map(({ key }) => key) };
    try {
      const { data: answer } = await apply({ variables: { id: projectId, input } });
      const refusal = answer?.projectTemplateUpdate.userErrors[0];
      if (!refusal) {
        const sentence = t('templateUpdate.taken', { name: template.name, to: toVersion });
        offerUndo(sentence, () => takeBack({ templateId: template.id, toVersion }), `template ${template.id}`);
        return onClose();
      }
      setFailure(refusal.code === 'CONFLICT' ? t('templateUpdate.changed') : refusal.message);
      if (refusal.code === 'CONFLICT') await refetch();
    } catch (reason) {
      setFailure(t('templateUpdate.failed', { reason: t(`comments.failure.${failureOf(reason)}`) }));
    }
  };

  return (
    <Dialog title={t('templateUpdate.title', { to: head.toVersion, name: template.name })} onClose={onClose}>
      <DialogForm
        onSubmit={() => void handleSubmit()}
        actions={
          <>
            <Button type="submit" loading={loading} disabled={!update}>
              {t('templateUpdate.submit', { count: taken.length })}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        {error && !data && <ErrorState onRetry={() => void refetch()} />}
        {!data && !error && <Skeletons rows={4} />}
        {data && <p className={styles.soft}>{t(`templateUpdate.${items.length === 0 ? 'nothing' : 'lead'}`)}</p>}
        {open.length > 0 && (
          <section>
            <h3 className={styles.heading}>{t('templateUpdate.can')}</h3>
            <ul className={styles.items}>
              {open.map((item) => (
                <ItemShown
                  key={item.key}
                  item={item}
                  company={company}
                  isTaken={isTaken(item)}
                  onTake={(isOn) => setSaid(new Map(said).set(item.key, isOn))}
                />
              ))}
            </ul>
          </section>
        )}
        {kept.length > 0 && (
          <section>
            <h3 className={styles.heading}>{t('templateUpdate.stays')}</h3>
            <ul className={styles.items}>
              {kept.map((item) => (
                <ItemShown key={item.key} item={item} company={company} isTaken={null} onTake={() => undefined} />
              ))}
            </ul>
          </section>
        )}
        {failure && <FieldError>{failure}</FieldError>}
      </DialogForm>
    </Dialog>
  );
}
