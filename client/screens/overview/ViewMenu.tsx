import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconDeviceFloppy, IconPencil, IconPin, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../api/graphql.ts';
import type { SavedViewLook } from './documents.ts';
import styles from './Toolbar.module.css';

export type View = ResultOf<typeof SavedViewLook>;

type Props = {
  views: readonly View[];
  current: View | null;
  /** The list is no longer looked at as the view keeps it. */
  isChanged: boolean;
  onSaveAs: () => void;
  onSaveChanges: () => void;
  onEdit: () => void;
  onDefault: (view: View | null) => void;
};

/** Which view is open; the others, and what can be done with this one. */
export function ViewMenu({ views, current, isChanged, onSaveAs, onSaveChanges, onEdit, onDefault }: Props) {
  const { t } = useTranslation();
  const name = current?.name ?? t('overview.view.all');
  const shown = current && isChanged ? t('overview.view.changed', { name }) : name;
  const hasDefault = views.some((view) => view.isDefault);
  const groups = [
    { label: t('overview.view.own'), views: views.filter((view) => !view.isShared) },
    { label: t('overview.view.shared'), views: views.filter((view) => view.isShared) },
  ].filter((group) => group.views.length > 0);
  const tick = <IconCheck size={16} stroke={1.5} aria-hidden="true" />;
  return (
    <Menu position="bottom-start" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          variant="subtle"
          size="xs"
          className={styles.view}
          aria-label={t('overview.view.open', { name: shown })}
          rightSection={<IconChevronDown size={14} stroke={1.5} aria-hidden="true" />}
        >
          {shown}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          renderRoot={(props) => <Link to="/overview" search={{ view: 'all' }} {...props} />}
          rightSection={!current && tick}
        >
          {t('overview.view.all')}
        </Menu.Item>
        {groups.map((group) => (
          <div key={group.label}>
            <Menu.Label>{group.label}</Menu.Label>
            {group.views.map((view) => (
              <Menu.Item
                key={view.id}
                renderRoot={(props) => <Link to="/overview" search={{ view: view.id }} {...props} />}
                rightSection={view.id === current?.id && tick}
              >
                {view.name}
                <span className={styles.aside}>
                  {view.isShared &&
                    !view.viewerCanEdit &&
                    view.owner &&
                    t('overview.view.of', { name: view.owner.name })}{' '}
                  {view.isDefault && t('overview.view.isDefault')}
                </span>
              </Menu.Item>
            ))}
          </div>
        ))}
        <Menu.Divider />
        {current?.viewerCanEdit && isChanged && (
          <Menu.Item
            leftSection={<IconDeviceFloppy size={16} stroke={1.5} aria-hidden="true" />}
            onClick={onSaveChanges}
          >
            {t('overview.view.saveChanges')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconPlus size={16} stroke={1.5} aria-hidden="true" />} onClick={onSaveAs}>
          {t('overview.view.saveAs')}
        </Menu.Item>
        {current?.viewerCanEdit && (
          <Menu.Item leftSection={<IconPencil size={16} stroke={1.5} aria-hidden="true" />} onClick={onEdit}>
            {t('overview.view.edit')}
          </Menu.Item>
        )}
        {current && !current.isDefault && (
          <Menu.Item
            leftSection={<IconPin size={16} stroke={1.5} aria-hidden="true" />}
            onClick={() => onDefault(current)}
          >
            {t('overview.view.byDefault')}
          </Menu.Item>
        )}
        {hasDefault && (!current || current.isDefault) && (
          <Menu.Item
            leftSection={<IconPin size={16} stroke={1.5} aria-hidden="true" />}
            onClick={() => onDefault(null)}
          >
            {t('overview.view.notByDefault')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
