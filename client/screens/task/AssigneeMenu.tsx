import { useMutation } from '@apollo/client/react';
import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconUserOff, IconUserStar } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import { Face } from '../../components/Face.tsx';
import { FieldError } from '../../components/Notice.tsx';
import { Tag } from '../../components/Tag.tsx';
import styles from './TaskHeader.module.css';

export const assigneeFragment = graphql(`
  fragment AssigneeMenu_task on Task {
    id
    revision
    visibility
    isForLead
    assignee {
      id
      name
      isStaff
    }
    assignable {
      id
      name
      isStaff
      accountName
    }
    viewerCan {
      assign
    }
  }
`);

const assignMutation = graphql(
  `
    mutation TaskAssign($id: ID!, $input: TaskAssignInput!) {
      taskAssign(id: $id, input: $input) {
        task {
          id
          ...AssigneeMenu_task
        }
        userErrors {
          code
          message
        }
      }
    }
  `,
  [assigneeFragment],
);

type Props = { task: FragmentOf<typeof assigneeFragment>; company: string; isStaff: boolean };

/** Who does the task; whoever may assign changes it in place. */
export function AssigneeMenu({ task: masked, company, isStaff }: Props) {
  const { t } = useTranslation();
  const task = readFragment(assigneeFragment, masked);
  const [assign, { loading }] = useMutation(assignMutation);
  const [failure, setFailure] = useState<string | null>(null);
  const { assignee, isForLead } = task;
  const isGiven = assignee !== null || isForLead;
  // Removed, or of a role that does no tasks: whoever may give it to another is told.
  const isGone = task.viewerCan.assign && assignee !== null && !task.assignable.some(({ id }) => id === assignee.id);
  const lead = isStaff ? t('taskActs.forLead') : t('taskActs.forLeadOwn');

  const face = isForLead ? (
    <>
      <IconUserStar size={16} stroke={1.5} aria-hidden />
      <span className={styles.assigneeName}>{lead}</span>
    </>
  ) : assignee ? (
    <>
      <Face name={assignee.name} isStaff={assignee.isStaff} size="small" />
      <span className={styles.assigneeName}>{assignee.name}</span>
      {isGone && <Tag>{t('task.assignee.gone')}</Tag>}
    </>
  ) : (
    <span className={styles.soft}>{t('task.assignee.nobody')}</span>
  );
  if (!task.viewerCan.assign) {
    return (
      <span className={styles.assignee}>
        {isGiven && <span className={styles.soft}>{t('task.assignee.label')}</span>}
        {face}
      </span>
    );
  }

  const handleAssign = async (assigneeId: string | null, toLead = false) => {
    if (assigneeId === (assignee?.id ?? null) && toLead === isForLead) return;
    setFailure(null);
    try {
      const { data } = await assign({
        variables: { id: task.id, input: { revision: task.revision, assigneeId, isForLead: toLead } },
      });
      const refusal = data?.taskAssign.userErrors[0];
      if (refusal?.code === 'CONFLICT') setFailure(t('task.assignee.conflict'));
      else if (refusal) setFailure(t('task.assignee.failed', { reason: refusal.message }));
    } catch (error) {
      setFailure(t('task.assignee.failed', { reason: t(`comments.failure.${failureOf(error)}`) }));
    }
  };
  const groups = [
    { name: company, people: task.assignable.filter((person) => person.isStaff) },
    {
      name: task.assignable.find((person) => person.accountName)?.accountName,
      people: task.assignable.filter((person) => !person.isStaff),
    },
  ].filter((group) => group.people.length > 0);

  return (
    <span className={styles.assignee}>
      {isGiven && <span className={styles.soft}>{t('task.assignee.label')}</span>}
      <Menu position="bottom-start" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button
            type="button"
            className={styles.assigneeButton}
            aria-busy={loading}
            aria-label={
              isGiven
                ? t(isGone ? 'task.assignee.changeGone' : 'task.assignee.change', { name: assignee?.name ?? lead })
                : t('task.assignee.assign')
            }
          >
            {face}
            <IconChevronDown size={16} stroke={1.5} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {groups.map((group) => (
            <div key={group.name}>
              <Menu.Label>{group.name}</Menu.Label>
              {group.people.map((person) => (
                <Menu.Item
                  key={person.id}
                  leftSection={<Face name={person.name} isStaff={person.isStaff} size="small" />}
                  rightSection={
                    person.id === assignee?.id && (
                      <IconCheck size={16} stroke={1.5} role="img" aria-label={t('task.assignee.current')} />
                    )
                  }
                  onClick={() => handleAssign(person.id)}
                >
                  {person.name}
                </Menu.Item>
              ))}
            </div>
          ))}
          {task.visibility === 'SHARED' && (
            <>
              <Menu.Divider />
              <Menu.Item
                leftSection={<IconUserStar size={16} stroke={1.5} aria-hidden />}
                rightSection={
                  isForLead && <IconCheck size={16} stroke={1.5} role="img" aria-label={t('task.assignee.current')} />
                }
                onClick={() => handleAssign(null, true)}
              >
                {lead}
              </Menu.Item>
            </>
          )}
          {isGiven && (
            <>
              <Menu.Divider />
              <Menu.Item
                leftSection={<IconUserOff size={16} stroke={1.5} aria-hidden />}
                onClick={() => handleAssign(null)}
              >
                {t('task.assignee.clear')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {failure && <FieldError>{failure}</FieldError>}
    </span>
  );
}
