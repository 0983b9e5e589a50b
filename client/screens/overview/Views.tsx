import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import type { Look } from './look.ts';
import styles from './Toolbar.module.css';
import { useViews } from './useViews.ts';
import { ViewForm } from './ViewForm.tsx';
import { type View, ViewMenu } from './ViewMenu.tsx';

type Props = {
  views: readonly View[];
  current: View | null;
  look: Look;
  isChanged: boolean;
  isGone: boolean;
  /** What stands beside the menu of views. */
  tools: ReactNode;
};

/** The bar over the list: the views, the filters, and under it the form of the view that is being named. */
export function Views({ views, current, look, isChanged, isGone, tools }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const acts = useViews();
  const [form, setForm] = useState<'closed' | 'new' | 'current'>('closed');
  const open = (view: string) => navigate({ to: '/overview', search: { view }, resetScroll: false });
  const show = (next: typeof form) => {
    acts.forget();
    setForm(next);
  };

  async function handleSave(name: string, isShared: boolean) {
    if (form === 'current' && current) {
      if (await acts.update(current, { name, isShared })) show('closed');
      return;
    }
    const made = await acts.create(name, isShared, look);
    if (!made) return;
    show('closed');
    void open(made.id);
  }

  async function handleSaveChanges() {
    if (current && (await acts.update(current, { look }))) void open(current.id);
  }

  async function handleDelete() {
    if (!current || !(await acts.remove(current))) return;
    show('closed');
    void open('all');
  }

  return (
    <>
      <div className={styles.tools}>
        <ViewMenu
          views={views}
          current={current}
          isChanged={isChanged}
          onSaveAs={() => show('new')}
          onSaveChanges={() => void handleSaveChanges()}
          onEdit={() => show('current')}
          onDefault={(view) => void acts.setDefault(view)}
        />
        {tools}
      </div>
      {isGone && <FieldError>{t('overview.view.gone')}</FieldError>}
      {form === 'closed' && acts.failure && <FieldError>{acts.failure}</FieldError>}
      {form !== 'closed' && (
        <ViewForm
          key={form}
          view={form === 'current' ? current : null}
          failure={acts.failure}
          isBusy={acts.isBusy}
          onSave={(name, isShared) => void handleSave(name, isShared)}
          onDelete={() => void handleDelete()}
          onCancel={() => show('closed')}
        />
      )}
    </>
  );
}
