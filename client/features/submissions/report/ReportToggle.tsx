import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

type Props = { version: number; isOpen: boolean; onOpen: (isOpen: boolean) => void };

/** Opens and folds the report of a version. */
export function ReportToggle({ version, isOpen, onOpen }: Props) {
  const { t } = useTranslation();
  return (
    <Button
      variant="subtle"
      size="xs"
      aria-expanded={isOpen}
      aria-label={t(isOpen ? 'report.history.hideOf' : 'report.history.showOf', { version })}
      onClick={() => onOpen(!isOpen)}
    >
      {t(isOpen ? 'report.history.hide' : 'report.history.show')}
    </Button>
  );
}
