import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { graphql, readFragment } from '../../api/graphql.ts';
import { ErrorState, FieldError } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { useUndo } from '../../components/UndoToast.tsx';
import {
  createMutation,
  draftStartMutation,
  restoreMutation,
  retireMutation,
  templateCard,
} from '../../features/templates/acts.ts';
import { RoadReader } from '../../features/templates/DraftEditor.tsx';
import { roadFragment, roadOf } from '../../features/templates/documents.ts';
import { saveTemplate } from '../../features/templates/templateFile.ts';
import { useViewer } from '../../features/viewer/viewer.ts';
import { LiveOverview } from '../../live/LiveOverview.tsx';
import type { TemplateProps } from './parts.ts';
import { TemplateState, VersionPicker } from './TemplateHead.tsx';

const VersionQuery = graphql(
  `
  query TemplateVersion($id: ID!) {
    templateVersion(id: $id) { id ...TemplateRoad }
  }
`,
  [roadFragment],
);

/** A version that nobody edits. Whoever may, begins the next one from here. */
export function VersionScreen(props: TemplateProps) {
  const { template, cursor, variables, trail, versionId, chosen, onChoose, onVersion, onReload } = props;
  const { t } = useTranslation();
  const client = useApolloClient();
  const navigate = useNavigate();
  const offerUndo = useUndo();
  const { company } = useViewer();
  const [failure, setFailure] = useState<string | null>(null);
  const card = readFragment(templateCard, template);
  const { data, error, refetch } = useQuery(VersionQuery, { variables: { id: versionId } });

  const act = async (run: () => Promise<unknown>) => {
    setFailure(null);
    try {
      await run();
    } catch (reason) {
      setFailure(t('templates.screen.failed', { reason: t(`comments.failure.${failureOf(reason)}`) }));
    }
  };
  const handleEdit = () =>
    act(async () => {
      await client.mutate({ mutation: draftStartMutation, variables: { id: card.id } });
      await onReload();
      onVersion(undefined);
    });
  const duplicateKey = useRef<string>(crypto.randomUUID());
  const handleDuplicate = () =>
    act(async () => {
      const { platform, products, id: copyOfId } = card;
      const name = t('templates.screen.duplicateName', { name: card.name.slice(0, 70) });
      const input = { name, platform, products: [...products], copyOfId, idempotencyKey: duplicateKey.current };
      const { data } = await client.mutate({ mutation: createMutation, variables: { input } });
      duplicateKey.current = crypto.randomUUID();
      const made = data?.templateCreate.template;
      if (made) await navigate({ to: '/templates/$templateId', params: { templateId: made.id } });
    });
  const restore = () => client.mutate({ mutation: restoreMutation, variables: { id: card.id } });
  const handleRetire = () =>
    act(async () => {
      await client.mutate({ mutation: retireMutation, variables: { id: card.id } });
      offerUndo(t('templates.screen.retiredToast', { name: card.name }), async () => {
        await restore();
        return null;
      });
    });

  return (
    <LiveOverview
      cursor={cursor}
      onChanges={(changes) => (changes.some((change) => change.node?.id === card.id) ? onReload() : Promise.resolve())}
    >
      <Page
        title={card.name}
        company={company.name}
        isWide
        trail={trail}
        state={<TemplateState template={template} />}
        actions={
          <>
            <VersionPicker versions={template.versions} versionId={versionId} onVersion={onVersion} />
            {card.viewerCan.edit && (
              <Button onClick={handleEdit}>
                {card.draft ? t('templates.screen.resume') : t('templates.screen.edit')}
              </Button>
            )}
            <Menu withinPortal={false} withInitialFocusPlaceholder={false}>
              <Menu.Target>
                <Button variant="default" aria-label={t('templates.screen.more')} px="xs">
                  <IconDots size={16} stroke={1.5} aria-hidden />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => act(() => saveTemplate(client, versionId))}>
                  {t('templates.screen.export')}
                </Menu.Item>
                {card.viewerCan.edit && (
                  <Menu.Item onClick={handleDuplicate}>{t('templates.screen.duplicate')}</Menu.Item>
                )}
                {card.viewerCan.edit && card.retiredAt === null && (
                  <Menu.Item onClick={handleRetire}>{t('templates.screen.retire')}</Menu.Item>
                )}
                {card.viewerCan.edit && card.retiredAt !== null && (
                  <Menu.Item onClick={() => act(restore)}>{t('templates.screen.restore')}</Menu.Item>
                )}
              </Menu.Dropdown>
            </Menu>
          </>
        }
      >
        {failure && <FieldError>{failure}</FieldError>}
        {error && !data && <ErrorState onRetry={() => void refetch()} />}
        {!data && !error && <Skeletons rows={10} />}
        {data?.templateVersion && (
          <RoadReader
            templateId={card.id}
            usage={card.usage}
            road={roadOf(data.templateVersion)}
            chosen={chosen}
            onChoose={onChoose}
            variables={variables}
            company={company.name}
          />
        )}
      </Page>
    </LiveOverview>
  );
}
