import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ResultOf, readFragment } from '../../api/graphql.ts';
import { FieldError } from '../../components/Notice.tsx';
import { useNow } from '../../components/now.ts';
import { timeIn } from '../../words/format.ts';
import { calendarQuery, meetingCancelMutation, meetingConfirmMutation } from './acts.ts';
import type { Place } from './deliveries.ts';
import { type inputFragment, meetingFragment } from './documents.ts';
import styles from './Inputs.module.css';
import { BothTimes, type Zones, zonesOf } from './MeetingTimes.tsx';
import { ProposeTimes } from './ProposeTimes.tsx';
import { SureButton } from './SureButton.tsx';
import { type Refusal, useAct } from './useAct.ts';
import { useDownload } from './useDownload.ts';

type Props = {
  place: Place;
  input: ResultOf<typeof inputFragment>;
  isStaff: boolean;
  company: string;
  /** The task is settled: the meeting has taken place, or is not wanted any more. */
  isOver: boolean;
};
type Meeting = ResultOf<typeof meetingFragment>;

/** A time to meet: one side proposes, the other picks; then it can be moved, called off and put into a calendar. */
export function MeetingInput({ place, input, isStaff, company, isOver }: Props) {
  const { t } = useTranslation();
  const meeting = readFragment(meetingFragment, input.meeting);
  const [isProposing, setProposing] = useState(false);
  const { arrange } = input.viewerCan;
  const isNew = meeting === null || meeting.state === 'CANCELLED';
  const propose = (
    <ProposeTimes
      place={place}
      revision={meeting?.revision ?? null}
      isAgreed={meeting?.state === 'CONFIRMED'}
      onDone={() => setProposing(false)}
      onCancel={isNew ? null : () => setProposing(false)}
    />
  );
  const minutes = <p className={styles.soft}>{t('inputs.meeting.minutes', { count: input.minutes ?? 0 })}</p>;
  if (meeting === null) {
    return (
      <div className={styles.stack}>
        {minutes}
        {arrange ? (
          propose
        ) : (
          <p className={styles.soft}>{t(isOver ? 'inputs.meeting.never' : 'inputs.meeting.nothing')}</p>
        )}
      </div>
    );
  }
  const zones = zonesOf(meeting, isStaff, company, t);
  const parts = { input, meeting, zones };
  return (
    <div className={styles.stack}>
      {minutes}
      {meeting.state === 'PROPOSED' && <Proposed {...parts} isOver={isOver} />}
      {meeting.state === 'CONFIRMED' && <Confirmed {...parts} isOver={isOver} />}
      {meeting.state === 'CANCELLED' && <p className={styles.care}>{t('inputs.meeting.cancelled')}</p>}
      {/* What was called off stands in calendars until it is taken out of them, whatever became of the task. */}
      {meeting.startsAt && (meeting.state === 'CANCELLED' || (meeting.state === 'CONFIRMED' && !isOver)) && (
        <CalendarEntry meeting={meeting} />
      )}
      {arrange && (isProposing || isNew) && propose}
      {arrange && !isProposing && !isNew && (
        <div className={styles.actions}>
          <Button variant="default" size="xs" onClick={() => setProposing(true)}>
            {t(meeting.state === 'CONFIRMED' ? 'inputs.meeting.move' : 'inputs.meeting.other')}
          </Button>
          <CallOff meeting={meeting} />
        </div>
      )}
    </div>
  );
}

type PartProps = { input: Props['input']; meeting: Meeting; zones: Zones };

function Proposed({ input, meeting, zones, isOver }: PartProps & { isOver: boolean }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, run } = useAct();
  const [problem, setProblem] = useState<string | null>(null);
  const now = useNow();
  const { confirm } = input.viewerCan;
  const name = meeting.proposedBy.name;

  const handlePick = async (startsAt: string) => {
    const refused = await run(async () => {
      const variables = { id: meeting.id, input: { revision: meeting.revision, startsAt } };
      const { data } = await client.mutate({ mutation: meetingConfirmMutation, variables });
      return data?.meetingConfirm.userErrors[0];
    });
    setProblem(wordsFor(refused));
  };
  const wordsFor = (refused: Refusal | null) => {
    if (!refused) return null;
    return refused.code === 'CONFLICT'
      ? t('inputs.meeting.conflict')
      : t('inputs.meeting.failed', { reason: refused.message });
  };
  return (
    <>
      <p>{isOver ? t('inputs.meeting.never') : t(`inputs.meeting.${confirm ? 'pickPlease' : 'waiting'}`, { name })}</p>
      <ul className={styles.times}>
        {meeting.proposedTimes.map(({ startsAt }) => (
          <li key={startsAt} className={styles.time}>
            <BothTimes at={startsAt} zones={zones} />
            {confirm && (
              <Button
                variant="default"
                size="xs"
                disabled={isBusy}
                onClick={() => void handlePick(startsAt)}
                aria-label={t('inputs.meeting.pickOf', { time: timeIn(new Date(startsAt), zones.own.zone, now) })}
              >
                {t('inputs.meeting.pick')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {problem && <FieldError>{problem}</FieldError>}
      {meeting.startsAt && (
        <p className={styles.soft}>
          {t('inputs.meeting.was', { time: timeIn(new Date(meeting.startsAt), zones.own.zone, now) })}
        </p>
      )}
    </>
  );
}

function Confirmed({ meeting, zones, isOver }: PartProps & { isOver: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={styles.agreed}>
      {meeting.startsAt && <BothTimes at={meeting.startsAt} zones={zones} isLarge />}
      <p className={styles.soft}>
        {meeting.confirmedBy && t('inputs.meeting.confirmedBy', { name: meeting.confirmedBy.name })}{' '}
        {!isOver && t('inputs.meeting.afterwards')}
      </p>
    </div>
  );
}

function CalendarEntry({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isLoading, problem, download } = useDownload(async () => {
    const variables = { id: meeting.id };
    const { data } = await client.query({ query: calendarQuery, variables, fetchPolicy: 'no-cache' });
    return data?.node && 'calendarUrl' in data.node ? data.node.calendarUrl : null;
  });
  return (
    <div className={styles.actions}>
      <Button
        variant="default"
        size="xs"
        loading={isLoading}
        onClick={download}
        leftSection={<IconCalendarPlus size={16} stroke={1.5} aria-hidden />}
      >
        {t(meeting.state === 'CANCELLED' ? 'inputs.meeting.calendarCancelled' : 'inputs.meeting.calendar')}
      </Button>
      {problem && <FieldError>{t('inputs.meeting.calendarFailed')}</FieldError>}
    </div>
  );
}

function CallOff({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const handleYes = async () => {
    const variables = { id: meeting.id, input: { revision: meeting.revision } };
    const { data } = await client.mutate({ mutation: meetingCancelMutation, variables });
    return data?.meetingCancel.userErrors[0];
  };
  return (
    <SureButton
      label={t('inputs.meeting.cancel')}
      question={t('inputs.meeting.cancelSure')}
      yes={t('inputs.meeting.cancelYes')}
      sayRefused={(reason) => t('inputs.meeting.failed', { reason })}
      onYes={handleYes}
    />
  );
}
