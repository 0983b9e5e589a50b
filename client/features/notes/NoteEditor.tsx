import { Component, lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import { ErrorState } from '../../components/Notice.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';

export const noteEditorFragment = graphql(`
  fragment NoteEditor_note on Note {
    id
    room
    viewerCan {
      edit
    }
  }
`);

type Props = {
  note: FragmentOf<typeof noteEditorFragment>;
  viewer: { person: { id: string; name: string } };
};

/** The editor and Yjs are as large as the rest of the page: they come when a note is opened. */
const NoteRoom = lazy(() => import('./NoteRoom.tsx').then(({ NoteRoom }) => ({ default: NoteRoom })));

/** A note that several people write in together. */
export function NoteEditor({ note: masked, viewer }: Props) {
  const { id, room, viewerCan } = readFragment(noteEditorFragment, masked);
  return (
    <NoteBoundary key={id} fallback={<NoteBroken />}>
      <Suspense fallback={<Skeletons rows={4} shape="line" />}>
        {/* Another room, or other rights, is another line to the server. */}
        <NoteRoom key={`${room} ${viewerCan.edit}`} room={room} canEdit={viewerCan.edit} viewer={viewer.person} />
      </Suspense>
    </NoteBoundary>
  );
}

function NoteBroken() {
  const { t } = useTranslation();
  return (
    <ErrorState
      title={t('notes.broken.title')}
      text={t('notes.broken.text')}
      retry={t('common.error.reload')}
      onRetry={() => window.location.reload()}
    />
  );
}

type BoundaryProps = { fallback: ReactNode; children: ReactNode };

/** Keeps a note that cannot be shown from taking the whole task with it. */
class NoteBoundary extends Component<BoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}
