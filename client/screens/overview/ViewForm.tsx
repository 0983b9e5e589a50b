import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import styles from './Toolbar.module.css';

const maxName = 80;

type Props = {
  /** What the view is called now; null for a new one. */
  view: { name: string; isShared: boolean } | null;
  failure: string | null;
  isBusy: boolean;
  onSave: (name: string, isShared: boolean) => void;
  onDelete: () => void;
  onCancel: () => void;
};

/** The name of a view and for whom it is: under the bar, in the page. */
export function ViewForm({ view, failure, isBusy, onSave, onDelete, onCancel }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState(view?.name ?? '');
  const [isShared, setShared] = useState(view?.isShared ?? false);
  const [isSure, setSure] = useState(false);

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    onSave(name, isShared);
  }

  return (
    <form
      className={styles.viewForm}
      aria-label={t(view ? 'overview.view.edit' : 'overview.view.saveAs')}
      onSubmit={handleSubmit}
    >
      <TextInput
        size="xs"
        label={t('overview.view.name')}
        value={name}
        maxLength={maxName}
        required
        autoFocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <label className={styles.choice}>
        <input type="checkbox" checked={isShared} onChange={(event) => setShared(event.currentTarget.checked)} />
        {t('overview.view.share')}
      </label>
      <span className={styles.buttons}>
        <Button type="submit" size="xs" loading={isBusy}>
          {t('overview.view.save')}
        </Button>
        <Button variant="default" size="xs" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        {view && !isSure && (
          <Button variant="subtle" color="bad" size="xs" onClick={() => setSure(true)}>
            {t('overview.view.delete')}
          </Button>
        )}
        {view && isSure && (
          <Button color="bad" size="xs" loading={isBusy} onClick={onDelete}>
            {t('overview.view.deleteSure', { name: view.name })}
          </Button>
        )}
      </span>
      {failure && <FieldError>{failure}</FieldError>}
    </form>
  );
}
