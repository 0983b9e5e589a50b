import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Layout, layouts } from './look.ts';

type Props = { layout: Layout; onLayout: (layout: Layout) => void };

/** The same integrations as lines, or as cards in columns. */
export function LayoutSwitch({ layout, onLayout }: Props) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('overview.layout.label')}
      value={layout}
      data={layouts.map((value) => ({ value, label: t(`overview.layout.${value}`) }))}
      onChange={(value) => onLayout(value as Layout)}
    />
  );
}
