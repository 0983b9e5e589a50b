import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../api/graphql.ts';
import type { ProjectShown } from './ProjectScreen.tsx';
import { currentPhase } from './Road.tsx';

const NewTaskDialog = lazy(async () => ({ default: (await import('./TaskListDialog.tsx')).TaskListDialog }));

const mayAddQuery = graphql(`
  query TaskListNew($id: ID!) {
    project(id: $id) { id viewerCan { addTask } phases { id name } }
  }
`);

type Props = { project: ProjectShown; company: string };

/** Adds a task to the road, for whoever may. */
export function TaskListNew({ project, company }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery(mayAddQuery, { variables: { id: project.id } });
  if (!data?.project?.viewerCan.addTask) return null;
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={16} stroke={1.5} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('taskActs.create.open')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <NewTaskDialog
            phases={data.project.phases}
            first={currentPhase(project.phases)?.id ?? data.project.phases[0]?.id ?? ''}
            account={project.account.name}
            company={company}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
