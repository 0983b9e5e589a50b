import {
  IconAlertTriangle,
  IconCheck,
  IconCircle,
  IconCircleDashed,
  IconCircleDot,
  IconEye,
  IconMinus,
  IconSend,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EnumOf } from '../api/graphql.ts';
import styles from './StateBadge.module.css';

export type TaskState = EnumOf<'TaskState'>;

// Each state has a shape of its own, so that nothing depends on telling colours apart.
const looks = {
  NOT_READY: { Icon: IconCircleDashed, tone: 'quiet' },
  READY: { Icon: IconCircle, tone: 'plain' },
  IN_PROGRESS: { Icon: IconCircleDot, tone: 'info' },
  SUBMITTED: { Icon: IconSend, tone: 'info' },
  IN_REVIEW: { Icon: IconEye, tone: 'care' },
  CHANGES_REQUESTED: { Icon: IconAlertTriangle, tone: 'bad' },
  DONE: { Icon: IconCheck, tone: 'good' },
  WAIVED: { Icon: IconMinus, tone: 'quiet' },
  CANCELLED: { Icon: IconX, tone: 'quiet' },
} as const satisfies Record<TaskState, unknown>;

const settled: readonly TaskState[] = ['DONE', 'WAIVED', 'CANCELLED'];
const leftOpen = { Icon: IconCircleDashed, tone: 'quiet' } as const;

type Props = {
  state: TaskState;
  isFramed?: boolean;
  /** Its project was closed or cancelled: what is not settled stays as it is for good. */
  isEnded?: boolean;
};

/** The state of a task as a shape and a word; framed in its tone where it stands alone. */
export function StateBadge({ state, isFramed = true, isEnded = false }: Props) {
  const { t } = useTranslation();
  const isLeft = isEnded && !settled.includes(state);
  const { Icon, tone } = isLeft ? leftOpen : looks[state];
  return (
    <span className={styles.badge} data-tone={tone} data-framed={isFramed || undefined}>
      <Icon className={styles.icon} stroke={1.75} aria-hidden="true" />
      {t(isLeft ? 'names.taskLeftOpen' : `names.taskState.${state}`)}
    </span>
  );
}
