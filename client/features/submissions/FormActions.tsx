import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Inputs.module.css';

type Props = {
  submit: string;
  icon?: ReactNode;
  isBusy: boolean;
  /** Something else is the main action here. */
  isAside?: boolean;
  /** Null where there is nothing to go back to. */
  onCancel: (() => void) | null;
  /** What else can be done about the form. */
  children?: ReactNode;
};

/** The foot of a form: hand it in, or leave it. */
export function FormActions({ submit, icon, isBusy, isAside = false, onCancel, children }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.actions}>
      <Button type="submit" variant={isAside ? 'default' : 'filled'} loading={isBusy} leftSection={icon}>
        {submit}
      </Button>
      {children}
      {onCancel && (
        <Button variant="default" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      )}
    </div>
  );
}
