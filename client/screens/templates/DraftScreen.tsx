import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { type ResultOf, readFragment } from '../../api/graphql.ts';
import { Dialog, DialogForm } from '../../components/Dialog.tsx';
import { ErrorState, FieldError } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import {
  draftDiscardMutation,
  draftStartMutation,
  publishMutation,
  templateCard,
} from '../../features/templates/acts.ts';
import { DraftEditor } from '../../features/templates/DraftEditor.tsx';
import {
  draftQuery,
  draftReplaceMutation,
  type Problem,
  roadFragment,
  stateOfDraft,
} from '../../features/templates/documents.ts';
import { PublishDialog } from '../../features/templates/PublishDialog.tsx';
import { taskOf } from '../../features/templates/road.ts';
import { SaveStatus } from '../../features/templates/SaveStatus.tsx';
import { saveTemplate } from '../../features/templates/templateFile.ts';
import { useDraft } from '../../features/templates/useDraft.ts';
import { useViewer } from '../../features/viewer/viewer.ts';
import { LiveOverview } from '../../live/LiveOverview.tsx';
import type { TemplateProps } from './parts.ts';
import { TemplateState, VersionPicker } from './TemplateHead.tsx';

type Props = TemplateProps & { publishedNumber: number | null };

/** Loads the draft as it is now: what the cache holds of one may be older than what was written since. */
export function DraftScreen(props: Props) {
  const { company } = useViewer();
  const { id, name } = readFragment(templateCard, props.template);
  const { data, error, refetch } = useQuery(draftQuery, { variables: { id }, fetchPolicy: 'network-only' });
  const [first, setFirst] = useState<Draft | null>(null);
  const newest = data?.template?.draft ?? null;
  if (first === null && newest !== null) setFirst(newest);
  if (first !== null) return <DraftEditing {...props} first={first} draft={newest ?? first} />;
  return (
    <Page title={name} company={company.name} isWide trail={props.trail}>
      {error ? <ErrorState onRetry={() => void refetch()} /> : <Skeletons rows={10} />}
    </Page>
  );
}

type Draft = NonNullable<NonNullable<ResultOf<typeof draftQuery>['template']>['draft']>;

/** The draft of a template: saved as it is written, published when it is whole. */
function DraftEditing(props: Props & { first: Draft; draft: Draft }) {
  const { template, first, draft, publishedNumber, cursor, variables, trail, versionId, chosen } = props;
  const { onChoose, onVersion, onReload } = props;
  const { t } = useTranslation();
  const client = useApolloClient();
  const { company } = useViewer();
  const card = readFragment(templateCard, template);
  const { number } = readFragment(roadFragment, draft);
  const { problems, changes } = readFragment(stateOfDraft, draft);
  const [store, state] = useDraft(card.id, first);
  const [open, setOpen] = useState<'publish' | 'discard' | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const act = async (run: () => Promise<string | null>) => {
    setBusy(true);
    setFailure(null);
    try {
      setFailure(await run());
    } catch (reason) {
      setFailure(t('templates.screen.failed', { reason: t(`comments.failure.${failureOf(reason)}`) }));
    } finally {
      setBusy(false);
    }
  };
  const handlePublish = () =>
    act(async () => {
      if (!(await store.flush())) return t('templates.publish.changed');
      const variables = { id: card.id, input: { revision: store.revision } };
      const { data } = await client.mutate({ mutation: publishMutation, variables });
      const refusal = data?.templatePublish.userErrors[0];
      if (refusal) return refusal.code === 'CONFLICT' ? t('templates.publish.changed') : refusal.message;
      await onReload();
      onVersion(undefined);
      return null;
    });
  const handleDiscard = () =>
    act(async () => {
      await store.flush();
      const variables = { id: card.id, input: { revision: store.revision } };
      const { data } = await client.mutate({ mutation: draftDiscardMutation, variables });
      const refusal = data?.templateDraftDiscard.userErrors[0];
      if (refusal) return refusal.message;
      await onReload();
      onVersion(undefined);
      return null;
    });
  const handleExport = () =>
    act(async () => {
      await store.flush();
      await saveTemplate(client, versionId);
      return null;
    });
  const handleOpenPublish = async () => {
    await store.flush();
    setOpen('publish');
  };
  /** What was written into a draft that is gone goes into a new one, whole. */
  const handleStartAgain = () =>
    act(async () => {
      const written = state.road;
      await client.mutate({ mutation: draftStartMutation, variables: { id: card.id } });
      const { data } = await client.query({
        query: draftQuery,
        variables: { id: card.id },
        fetchPolicy: 'network-only',
      });
      const begun = data?.template?.draft;
      if (!begun) return t('templates.publish.changed');
      const { revision } = readFragment(roadFragment, begun);
      await client.mutate({
        mutation: draftReplaceMutation,
        variables: { id: card.id, input: { revision, ...written } },
      });
      await onReload();
      onVersion(undefined);
      return null;
    });
  const titleOf = (problem: Problem) =>
    problem.taskKey !== null
      ? (taskOf(state.road, problem.taskKey)?.title.trim() ?? '')
      : (state.road.phases.find((phase) => phase.key === problem.phaseKey)?.name ?? '');

  return (
    <LiveOverview
      cursor={cursor}
      onChanges={(seen) => (seen.some((change) => change.node?.id === card.id) ? store.refresh() : Promise.resolve())}
    >
      <Page
        title={state.road.name.trim() || card.name}
        company={company.name}
        isWide
        trail={trail}
        state={<TemplateState template={template} />}
        actions={
          <>
            <SaveStatus store={store} state={state} />
            <VersionPicker versions={template.versions} versionId={versionId} onVersion={onVersion} />
            <Button onClick={handleOpenPublish}>{t('templates.screen.publish')}</Button>
            <Menu withinPortal={false} withInitialFocusPlaceholder={false}>
              <Menu.Target>
                <Button variant="default" aria-label={t('templates.screen.more')} px="xs">
                  <IconDots size={16} stroke={1.5} aria-hidden />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={handleExport}>{t('templates.screen.export')}</Menu.Item>
                <Menu.Item onClick={() => setOpen('discard')}>{t('templates.screen.discard')}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        }
      >
        {failure && open === null && <FieldError>{failure}</FieldError>}
        <DraftEditor
          templateId={card.id}
          usage={card.usage}
          store={store}
          state={state}
          problems={problems}
          chosen={chosen}
          onChoose={onChoose}
          variables={variables}
          company={company.name}
          onStartAgain={handleStartAgain}
        />
        {open === 'publish' && (
          <PublishDialog
            number={number}
            publishedNumber={publishedNumber}
            changes={changes}
            problems={problems}
            titleOf={titleOf}
            isBusy={isBusy}
            failure={failure}
            onPublish={handlePublish}
            onClose={() => setOpen(null)}
          />
        )}
        {open === 'discard' && (
          <Dialog title={t('templates.discard.title')} onClose={() => setOpen(null)}>
            <DialogForm
              onSubmit={() => void handleDiscard()}
              actions={
                <>
                  <Button type="submit" color="bad" loading={isBusy}>
                    {t('templates.discard.submit')}
                  </Button>
                  <Button variant="default" onClick={() => setOpen(null)}>
                    {t('common.cancel')}
                  </Button>
                </>
              }
            >
              <p>{publishedNumber === null ? t('templates.discard.textNew') : t('templates.discard.text')}</p>
              {failure && <FieldError>{failure}</FieldError>}
            </DialogForm>
          </Dialog>
        )}
      </Page>
    </LiveOverview>
  );
}
