import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import { EmptyState } from '../../components/Notice.tsx';
import { keepUnsent } from '../../features/comments/drafts.ts';
import { NoteEditor, noteEditorFragment } from '../../features/notes/NoteEditor.tsx';
import styles from './Conversation.module.css';

export const taskNoteFragment = graphql(
  `
    fragment TaskNote_task on Task {
      id
      note {
        id
        ...NoteEditor_note
      }
    }
  `,
  [noteEditorFragment],
);

type Props = {
  task: FragmentOf<typeof taskNoteFragment>;
  viewer: { person: { id: string; name: string } };
};

/** The note of a task, or where it will be. */
export function TaskNote({ task: masked, viewer }: Props) {
  const { t } = useTranslation();
  const { id, note } = readFragment(taskNoteFragment, masked);
  if (note) {
    return (
      <div className={styles.note}>
        <NoteEditor
          taskId={id}
          note={note}
          viewer={viewer}
          onLost={(words) => keepUnsent({ personId: viewer.person.id, taskId: id }, words)}
        />
      </div>
    );
  }
  return (
    <div className={styles.activity}>
      <EmptyState text={t('task.note.empty')} />
    </div>
  );
}
