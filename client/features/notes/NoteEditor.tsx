import { Component, lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import { ErrorState } from '../../components/Notice.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { useIsOld } from '../../components/useIsOld.ts';

export const noteEditorFragment = graphql(`
  fragment NoteEditor_note on Note {
    id
    audience
    room
    viewerCan {
      edit
    }
  }
`);

type Props = {
  taskId: string;
  note: FragmentOf<typeof noteEditorFragment>;
  viewer: { person: { id: string; name: string } };
  /** Gets one's own words that could not be saved before the right to the note ended. */
  onLost: (words: string) => void;
};

/** The editor and Yjs are as large as the rest of the page: they come when a note is opened. */
const NoteRoom = lazy(() => import('./NoteRoom.tsx').then(({ NoteRoom }) => ({ default: NoteRoom })));

/** A note that several people write in together. */
export function NoteEditor({ taskId, note: masked, viewer, onLost }: Props) {
  const { id, audience, room, viewerCan } = readFragment(noteEditorFragment, masked);
  return (
    <NoteBoundary key={id} fallback={(error) => <NoteBroken error={error} />}>
      <Suspense fallback={<Skeletons rows={4} shape="line" />}>
        {/* Another room, or other rights, is another line to the server. */}
        <NoteRoom
          key={`${room} ${viewerCan.edit}`}
          place={{ taskId, noteId: id, audience }}
          room={room}
          canEdit={viewerCan.edit}
          viewer={viewer.person}
          onLost={onLost}
        />
      </Suspense>
    </NoteBoundary>
  );
}

function NoteBroken({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const isOld = useIsOld(error);
  return (
    <ErrorState
      title={t(isOld ? 'common.error.newVersionTitle' : 'notes.broken.title')}
      text={t(isOld ? 'common.error.newVersion' : 'notes.broken.text')}
      retry={t('common.error.reload')}
      onRetry={() => window.location.reload()}
    />
  );
}

type BoundaryProps = { fallback: (error: unknown) => ReactNode; children: ReactNode };

/** Keeps a note that cannot be shown from taking the whole task with it. */
class NoteBoundary extends Component<BoundaryProps, { failure: { error: unknown } | null }> {
  override state: { failure: { error: unknown } | null } = { failure: null };

  static getDerivedStateFromError(error: unknown) {
    return { failure: { error } };
  }

  override render() {
    const { failure } = this.state;
    return failure ? this.props.fallback(failure.error) : this.props.children;
  }
}
