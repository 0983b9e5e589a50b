import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** The map as a file: whole, for another Slipway, or its touchpoints for a spreadsheet. */
export function ExportMenu({ journeyId }: { journeyId: string }) {
  const { t } = useTranslation();
  const address = (kind: 'json' | 'csv') => `/exports/journeys/${journeyId}.${kind}`;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} stroke={1.5} aria-hidden />}>
          {t('journeyMap.files.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={address('json')} download>
          {t('journeyMap.files.json')}
        </Menu.Item>
        <Menu.Item component="a" href={address('csv')} download>
          {t('journeyMap.files.csv')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
