import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

type Props = {
  name: string;
  isFirst?: boolean;
  isLast?: boolean;
  /** Left out: it has no place among others. */
  onMove?: (step: 1 | -1) => void;
  onRemove: () => void;
};

/** Up, down and out, each named after what it acts on. */
export function OrderButtons({ name, isFirst = false, isLast = false, onMove, onRemove }: Props) {
  const { t } = useTranslation();
  const words = { label: name };
  return (
    <>
      {onMove && (
        <>
          <ActionIcon
            variant="subtle"
            size="lg"
            disabled={isFirst}
            aria-label={t('templates.inputs.moveUp', words)}
            onClick={() => onMove(-1)}
          >
            <IconArrowUp size={16} stroke={1.5} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            size="lg"
            disabled={isLast}
            aria-label={t('templates.inputs.moveDown', words)}
            onClick={() => onMove(1)}
          >
            <IconArrowDown size={16} stroke={1.5} aria-hidden />
          </ActionIcon>
        </>
      )}
      <ActionIcon variant="subtle" size="lg" aria-label={t('templates.inputs.remove', words)} onClick={onRemove}>
        <IconTrash size={16} stroke={1.5} aria-hidden />
      </ActionIcon>
    </>
  );
}
