import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { platforms } from '../../api/options.ts';
import type { Problem, Road } from './documents.ts';
import styles from './Editor.module.css';
import { NumberField } from './NumberField.tsx';
import { Problems } from './Problems.tsx';
import { ProductTicks } from './ProductTicks.tsx';
import { UsageLines, type VersionUsage } from './RoadView.tsx';

type Props = {
  road: Road;
  problems: readonly Problem[];
  onChange: (change: Partial<Road>, field: string) => void;
  usage: readonly VersionUsage[];
};

/** What the template is called and meant for. */
export function HeadEditor({ road, problems, onChange, usage }: Props) {
  const { t } = useTranslation();
  return (
    <article className={styles.page}>
      <Problems problems={problems} />
      <div className={styles.fields}>
        <TextInput
          label={t('templates.head.name')}
          value={road.name}
          maxLength={80}
          onChange={(event) => onChange({ name: event.currentTarget.value }, 'name')}
        />
        <div className={styles.facts}>
          <NativeSelect
            label={t('templates.head.platform')}
            value={road.platform}
            data={platforms.map((platform) => ({ value: platform, label: t(`names.platform.${platform}`) }))}
            onChange={(event) => {
              const platform = platforms.find((each) => each === event.currentTarget.value);
              if (platform) onChange({ platform }, 'platform');
            }}
          />
          <NumberField
            label={t('templates.head.target')}
            value={road.targetInBusinessDays}
            min={1}
            max={730}
            onChange={(days) => days !== null && onChange({ targetInBusinessDays: days }, 'target')}
          />
        </div>
        <ProductTicks products={road.products} onChange={(products) => onChange({ products }, 'products')} />
      </div>
      <UsageLines usage={usage} />
    </article>
  );
}
