import { useMutation, useQuery } from '@apollo/client/react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, type ResultOf } from '../../../api/graphql.ts';
import { FieldError } from '../../../components/Notice.tsx';
import { dayWords, todayOf } from '../../../words/format.ts';
import styles from './Profile.module.css';

const AwayQuery = graphql(`
  query Away {
    delegationCandidates { id name role }
    delegationsGiven { id startsAt endsAt to { id name } task { id title } }
    delegationsReceived { id startsAt endsAt from { id name } task { id title } }
  }
`);
const AwayMutation = graphql(`
  mutation AwayDelegate($input: ApprovalDelegateInput!) {
    approvalDelegate(input: $input) { delegation { id } userErrors { code message } }
  }
`);
const AwayEndMutation = graphql(`
  mutation AwayEnd($id: ID!) { delegationEnd(id: $id) { delegation { id } userErrors { code message } } }
`);
type Away = ResultOf<typeof AwayQuery>;

/** Who approves in one's place while one is away, and in whose place one does; nothing where neither can be. */
export function AwayCard() {
  const { t } = useTranslation();
  const { data, refetch } = useQuery(AwayQuery, { fetchPolicy: 'cache-and-network' });
  if (!data) return null;
  const { delegationCandidates: people, delegationsGiven: given, delegationsReceived: received } = data;
  if (people.length === 0 && given.length === 0 && received.length === 0) return null;
  return (
    <section className={styles.card} aria-labelledby="away-title">
      <h2 id="away-title" className={styles.title}>
        {t('delegation.away')}
      </h2>
      {people.length > 0 && <p className={styles.quiet}>{t('delegation.awayWhat')}</p>}
      {(given.length > 0 || received.length > 0) && (
        <ul className={styles.sessions}>
          {given.map((one) => (
            <Line
              key={one.id}
              one={one}
              words={t('delegation.given', { to: one.to?.name ?? t('common.somebody') })}
              act={t('delegation.takeBack')}
              onEnded={() => void refetch()}
            />
          ))}
          {received.map((one) => (
            <Line
              key={one.id}
              one={one}
              words={t('delegation.received', { from: one.from?.name ?? t('common.somebody') })}
              act={t('delegation.giveBack')}
              onEnded={() => void refetch()}
            />
          ))}
        </ul>
      )}
      {people.length > 0 && <AwayForm people={people} onMade={() => void refetch()} />}
    </section>
  );
}

type One = Pick<Away['delegationsGiven'][number], 'id' | 'startsAt' | 'endsAt' | 'task'>;
type LineProps = { one: One; words: string; act: string; onEnded: () => void };

function Line({ one: { id, startsAt, endsAt, task }, words, act, onEnded }: LineProps) {
  const { t } = useTranslation();
  const [end, { loading }] = useMutation(AwayEndMutation);
  const [isRefused, setRefused] = useState(false);
  const handleEnd = async () => {
    const done = await end({ variables: { id } }).then(
      ({ data }) => data?.delegationEnd.userErrors.length === 0,
      () => false,
    );
    setRefused(!done);
    if (done) onEnded();
  };
  const today = todayOf(new Date());
  const dayAt = (at: number) => dayWords(todayOf(new Date(at)), today);
  return (
    <li className={styles.session}>
      <span className={styles.awayWords}>
        <span>{words}</span>
        <span className={styles.quiet}>
          {task
            ? t('delegation.forTask', { task: task.title })
            : // It ends with this day, so at the first moment of the next.
              endsAt &&
              t('delegation.days', { from: dayAt(Date.parse(startsAt)), until: dayAt(Date.parse(endsAt) - 1) })}
        </span>
        {isRefused && <FieldError>{t('delegation.failed')}</FieldError>}
      </span>
      <Button
        variant="default"
        size="xs"
        loading={loading}
        onClick={() => void handleEnd()}
        aria-label={`${act}: ${words}`}
      >
        {act}
      </Button>
    </li>
  );
}

type FormProps = { people: Away['delegationCandidates']; onMade: () => void };

function AwayForm({ people, onMade }: FormProps) {
  const { t } = useTranslation();
  const [name, { loading }] = useMutation(AwayMutation);
  const today = todayOf(new Date());
  const empty = { toId: '', from: today, until: '' };
  const [input, setInput] = useState(empty);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [problem, setProblem] = useState<string | null>(null);
  const set = (changed: Partial<typeof input>) => {
    setInput((had) => ({ ...had, ...changed }));
    setKey(crypto.randomUUID());
    setProblem(null);
  };
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const refusal = await name({ variables: { input: { ...input, idempotencyKey: key } } }).then(
      ({ data }) => data?.approvalDelegate.userErrors[0]?.message ?? null,
      () => t('delegation.failed'),
    );
    setProblem(refusal);
    if (refusal !== null) return;
    setInput(empty);
    setKey(crypto.randomUUID());
    onMade();
  };
  const options = people.map(({ id, name, role }) => ({ value: id, label: `${name}, ${t(`names.role.${role}`)}` }));
  return (
    <form className={styles.form} onSubmit={(event) => void handleSubmit(event)} noValidate>
      <NativeSelect
        label={t('delegation.who')}
        data={[{ value: '', label: t('delegation.choose') }, ...options]}
        value={input.toId}
        onChange={(event) => set({ toId: event.currentTarget.value })}
      />
      <div className={styles.days}>
        <TextInput
          type="date"
          label={t('delegation.from')}
          min={today}
          value={input.from}
          onChange={(event) => set({ from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('delegation.until')}
          min={input.from || today}
          value={input.until}
          onChange={(event) => set({ until: event.currentTarget.value })}
        />
      </div>
      {problem && <FieldError>{problem}</FieldError>}
      <div className={styles.actions}>
        <Button
          type="submit"
          variant="default"
          loading={loading}
          disabled={input.toId === '' || input.until === '' || input.from === ''}
        >
          {t('delegation.submitAway')}
        </Button>
      </div>
    </form>
  );
}
