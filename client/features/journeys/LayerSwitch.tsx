import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Layer, layers } from './layers.ts';
import styles from './Panels.module.css';

type Props = { shown: ReadonlySet<Layer>; onLayer: (layer: Layer) => void };

/** What is drawn over the map. */
export function LayerSwitch({ shown, onLayer }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.layers}>
      <legend>{t('journeyMap.layers.title')}</legend>
      {layers.map((layer) => (
        <Button
          key={layer}
          size="compact-xs"
          variant={shown.has(layer) ? 'light' : 'default'}
          aria-pressed={shown.has(layer)}
          onClick={() => onLayer(layer)}
        >
          {t(`journeyMap.layers.${layer}`)}
        </Button>
      ))}
    </fieldset>
  );
}
