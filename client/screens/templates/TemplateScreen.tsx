import { useQuery } from '@apollo/client/react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../api/graphql.ts';
import { NotFound } from '../../components/NotFound.tsx';
import { ErrorState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { templateCard } from '../../features/templates/acts.ts';
import type { Chosen } from '../../features/templates/Outline.tsx';
import { useViewer } from '../../features/viewer/viewer.ts';
import { DraftScreen } from './DraftScreen.tsx';
import { VersionScreen } from './VersionScreen.tsx';

export const TemplateQuery = graphql(
  `
  query Template($id: ID!) {
    overview { cursor }
    template(id: $id) {
      id
      ...TemplateCard
      versions { id number state publishedAt }
    }
    templateVariables { name example }
  }
`,
  [templateCard],
);

const route = getRouteApi('/signedIn/templates/$templateId');

/** One template as a document: its draft to write in, or a version to read. */
export function TemplateScreen() {
  const { t } = useTranslation();
  const { company, viewerCan } = useViewer();
  const { templateId } = route.useParams();
  const { version, task, phase, about } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(TemplateQuery, {
    variables: { id: templateId },
    fetchPolicy: 'cache-and-network',
    skip: !viewerCan.readTemplates,
  });
  // Held until one goes elsewhere: when somebody else publishes it, what was written here must not go with it.
  const [editedId, setEditedId] = useState<string | null>(null);
  if (!viewerCan.readTemplates || data?.template === null) return <NotFound company={company.name} />;
  if (!data?.template) {
    return (
      <Page title={t('templates.title')} company={company.name} isWide trail={<Trail />}>
        {error ? <ErrorState onRetry={() => void refetch()} /> : <Skeletons rows={10} />}
      </Page>
    );
  }
  const chosen: Chosen | null = task
    ? { kind: 'task', key: task }
    : phase
      ? { kind: 'phase', key: phase }
      : about
        ? { kind: 'head' }
        : null;
  const handleChoose = (next: Chosen | null) =>
    void navigate({
      search: {
        version,
        task: next?.kind === 'task' ? next.key : undefined,
        phase: next?.kind === 'phase' ? next.key : undefined,
        about: next?.kind === 'head' ? true : undefined,
      },
      resetScroll: false,
    });
  const handleVersion = (id: string | undefined) => {
    setEditedId(null);
    void navigate({ search: { version: id, task, phase, about }, resetScroll: false });
  };

  const { versions } = data.template;
  const draft = versions.find((each) => each.state === 'DRAFT');
  const published = versions.find((each) => each.state === 'PUBLISHED');
  const wanted = versions.find((each) => each.id === version) ?? draft ?? published ?? versions[0];
  const common = {
    template: data.template,
    cursor: data.overview?.cursor,
    variables: data.templateVariables,
    trail: <Trail />,
    versionId: editedId ?? wanted?.id ?? '',
    chosen,
    onChoose: handleChoose,
    onVersion: handleVersion,
    onReload: () => refetch(),
  };
  if (editedId === null && draft && wanted?.id === draft.id && viewerCan.editTemplates) setEditedId(draft.id);
  if (editedId !== null) {
    return <DraftScreen key={editedId} publishedNumber={published?.number ?? null} {...common} />;
  }
  return <VersionScreen key={wanted?.id} {...common} />;
}

function Trail() {
  const { t } = useTranslation();
  return <Link to="/templates">{t('templates.screen.trail')}</Link>;
}
