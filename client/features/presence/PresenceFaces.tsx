import { useSubscription } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { graphql, type ResultOf } from '../../api/graphql.ts';
import { Face } from '../../components/Face.tsx';
import styles from './Presence.module.css';
import { useSettled } from './useSettled.ts';

const presenceSubscription = graphql(`
  subscription TaskPresence($taskId: ID!) {
    presence(taskId: $taskId) {
      people {
        id
        name
        isStaff
        accountName
      }
    }
  }
`);

type Here = ResultOf<typeof presenceSubscription>['presence']['people'][number];
type Props = {
  taskId: string;
  viewerId: string;
  /** Who is here now is not known without a connection. */
  isOffline: boolean;
};

const shownFaces = 4;
const nobody: Here[] = [];

/** The others who have this task open now. Subscribing is what makes oneself be here for them. */
export function PresenceFaces({ taskId, viewerId, isOffline }: Props) {
  const { t } = useTranslation();
  const { data } = useSubscription(presenceSubscription, { variables: { taskId } });
  const here = useSettled(data?.presence.people ?? nobody);
  const others = here
    .filter((person) => !isOffline && person.id !== viewerId)
    .sort((a, b) => a.name.localeCompare(b.name));
  const shown = others.slice(0, shownFaces);
  const names = others.map((person) => person.name).join(', ');

  return (
    <div className={styles.here} role="status">
      {shown.length > 0 && (
        <>
          <ul className={styles.faces} aria-label={t('task.presence.label', { names })}>
            {shown.map((person) => (
              <li key={person.id}>
                <Face name={person.name} isStaff={person.isStaff} withTooltip />
              </li>
            ))}
            {others.length > shown.length && (
              <li className={styles.more} title={names}>
                {t('task.presence.moreShort', { count: others.length - shown.length })}
              </li>
            )}
          </ul>
          <span className={styles.word}>{t('task.presence.now')}</span>
        </>
      )}
    </div>
  );
}
