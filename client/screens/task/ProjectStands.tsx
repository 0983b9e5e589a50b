import { IconFlag, IconPlayerPause, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EnumOf } from '../../api/graphql.ts';
import styles from './TaskNotices.module.css';

type Props = { state: EnumOf<'ProjectState'>; viewer: { isStaff: boolean } };

const icons = { ON_HOLD: IconPlayerPause, CLOSED: IconFlag, CANCELLED: IconX } as const;
const stands = (state: Props['state']): state is keyof typeof icons => state in icons;

/** Why a task of a project that does not go on, or not now, asks for nothing: said here too, for whoever came by a link. */
export function ProjectStands({ state, viewer }: Props) {
  const { t } = useTranslation();
  if (!stands(state)) return null;
  const Icon = icons[state];
  return (
    <section className={styles.notice} data-tone={state === 'ON_HOLD' ? 'care' : 'quiet'}>
      <Icon size={20} stroke={1.5} aria-hidden />
      <div className={styles.words}>
        <h2>{t(`taskActs.notice.project.${state}`)}</h2>
        <p>{t(viewer.isStaff ? `projectState.${state}.staff` : `projectState.${state}.client`)}</p>
      </div>
    </section>
  );
}
