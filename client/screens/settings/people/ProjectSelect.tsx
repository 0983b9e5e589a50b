import { useQuery } from '@apollo/client/react';
import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../../api/graphql.ts';

const ProjectsToAttachQuery = graphql(`
  query ProjectsToAttach { projects(first: 100) { nodes { id name account { id name } } } }
`);

type Props = { value: string; onChange: (projectId: string) => void; without: readonly string[] };

/** The projects that somebody may be attached to. */
export function ProjectSelect({ value, onChange, without }: Props) {
  const { t } = useTranslation();
  const { data } = useQuery(ProjectsToAttachQuery);
  const projects = (data?.projects.nodes ?? []).filter(({ id }) => !without.includes(id));
  const options = projects.map(({ id, name, account }) => ({
    value: id,
    label: t('settings.people.projectOf', { account: account.name, project: name }),
  }));
  return (
    <NativeSelect
      label={t('settings.people.project')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: '' }, ...options]}
    />
  );
}
