import { useApolloClient } from '@apollo/client/react';
import { Button, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconChevronDown,
  IconCircleX,
  IconHandStop,
  IconLock,
  IconMinus,
  IconPencil,
  IconPlayerPlay,
  IconRubberStamp,
  IconShare2,
  IconUsers,
} from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { getI18n, useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { type ActedTask, startMutation, unstickMutation } from './documents.ts';
import { useTaskAct } from './useTaskAct.ts';

const TaskDialog = lazy(async () => ({ default: (await import('./TaskDialog.tsx')).TaskDialog }));
/** With its words, which nobody else says. */
const HandoverDialog = lazy(async () => {
  const [{ HandoverDialog }, { addHandoverWords }] = await Promise.all([
    import('../handover/HandoverDialog.tsx'),
    import('../../../words/handover.ts'),
  ]);
  addHandoverWords(getI18n());
  return { default: HandoverDialog };
});
const DelegateDialog = lazy(async () => {
  const [{ DelegateDialog }, { addDelegationWords }] = await Promise.all([
    import('../delegation/DelegateDialog.tsx'),
    import('../../../words/delegation.ts'),
  ]);
  addDelegationWords(getI18n());
  return { default: DelegateDialog };
});
export type Opened = 'stuck' | 'waive' | 'cancel' | 'reopen' | 'visibility' | 'edit';

type Props = {
  task: ActedTask;
  account: string;
  company: string;
  isStaff: boolean;
  phases: readonly { id: string; name: string }[];
};

/** What else can be done with the task, in words; nothing when nothing can. */
export function TaskMenu(props: Props) {
  const { task } = props;
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, refusal, run } = useTaskAct();
  const [opened, setOpened] = useState<Opened | 'hand' | 'delegate' | null>(null);
  const { viewerCan: can } = task;
  const isInternal = task.visibility === 'INTERNAL';
  const variables = { id: task.id, input: { revision: task.revision } };

  const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const;
  const item = (key: string, isThere: boolean, symbol: ReactNode, words: string, onClick: () => void) =>
    isThere && (
      <Menu.Item key={key} leftSection={symbol} onClick={onClick}>
        {words}
      </Menu.Item>
    );
  const groups = [
    [
      item('start', can.start, <IconPlayerPlay {...icon} />, t('taskActs.menu.start'), () =>
        run(() => client.mutate({ mutation: startMutation, variables })),
      ),
      item('stuck', can.flagStuck && !task.stuck, <IconHandStop {...icon} />, t('taskActs.menu.stuck'), () =>
        setOpened('stuck'),
      ),
      item('unstick', can.unstick, <IconPlayerPlay {...icon} />, t('taskActs.menu.unstick'), () =>
        run(() => client.mutate({ mutation: unstickMutation, variables })),
      ),
    ],
    [
      item(
        'hand',
        can.handOver && task.handover?.state !== 'SENT' && task.handover?.state !== 'OPENED',
        <IconShare2 {...icon} />,
        t('taskActs.menu.hand'),
        () => setOpened('hand'),
      ),
      item(
        'delegate',
        can.delegate && !task.delegation?.task,
        <IconRubberStamp {...icon} />,
        t('taskActs.menu.delegate'),
        () => setOpened('delegate'),
      ),
    ],
    [
      item('edit', can.edit, <IconPencil {...icon} />, t('taskActs.menu.edit'), () => setOpened('edit')),
      item(
        'visibility',
        can.setVisibility,
        isInternal ? <IconUsers {...icon} /> : <IconLock {...icon} />,
        isInternal ? t('taskActs.menu.share', { account: props.account }) : t('taskActs.menu.hide'),
        () => setOpened('visibility'),
      ),
    ],
    [
      item('waive', can.waive, <IconMinus {...icon} />, t('taskActs.menu.waive'), () => setOpened('waive')),
      item('cancel', can.cancel, <IconCircleX {...icon} />, t('taskActs.menu.cancel'), () => setOpened('cancel')),
      item('reopen', can.reopen, <IconArrowBackUp {...icon} />, t('taskActs.menu.reopen'), () => setOpened('reopen')),
    ],
  ]
    .map((group) => group.filter(Boolean))
    .filter((group) => group.length > 0);
  if (groups.length === 0) return null;

  return (
    <>
      <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false} width="max-content">
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            loading={isBusy}
            rightSection={<IconChevronDown size={16} stroke={1.5} aria-hidden />}
          >
            {t('taskActs.menu.label')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {groups.map((group, index) => [
            // biome-ignore lint/suspicious/noArrayIndexKey: a line between two groups is nothing but its place.
            index > 0 && <Menu.Divider key={`line-${index}`} />,
            ...group,
          ])}
        </Menu.Dropdown>
      </Menu>
      {refusal && <FieldError>{refusal}</FieldError>}
      {opened && (
        <Suspense fallback={null}>
          {opened === 'hand' ? (
            <HandoverDialog task={task} onClose={() => setOpened(null)} />
          ) : opened === 'delegate' ? (
            <DelegateDialog task={task} onClose={() => setOpened(null)} />
          ) : (
            <TaskDialog {...props} opened={opened} onClose={() => setOpened(null)} />
          )}
        </Suspense>
      )}
    </>
  );
}
