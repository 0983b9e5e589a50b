import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../api/graphql.ts';
import { Day } from '../../components/Time.tsx';
import { figure } from '../../words/format.ts';
import { formAnswerFragment } from './documents.ts';
import styles from './Inputs.module.css';

type Answer = ResultOf<typeof formAnswerFragment>;
type Props = {
  answers: readonly FragmentOf<typeof formAnswerFragment>[];
  /** Those of the version before, to say what has changed; null for the first. */
  before: readonly FragmentOf<typeof formAnswerFragment>[] | null;
};

/** What a form was answered with, question by question. */
export function AnswerList({ answers: masked, before: maskedBefore }: Props) {
  const { t } = useTranslation();
  const answers = readFragment(formAnswerFragment, masked);
  const before = maskedBefore && readFragment(formAnswerFragment, maskedBefore);
  const isChanged = (answer: Answer) => {
    const then = before?.find((one) => one.question === answer.question);
    return before !== null && (!then || keyOf(then) !== keyOf(answer));
  };
  const removed = before?.filter((one) => !answers.some((answer) => answer.question === one.question)) ?? [];
  return (
    <div className={styles.answers}>
      <dl>
        {answers.map((answer) => (
          <div key={answer.question} className={styles.answer}>
            <dt>
              {answer.label} {isChanged(answer) && <span className={styles.mark}>{t('inputs.form.changed')}</span>}
            </dt>
            <dd>
              <Value answer={answer} />
            </dd>
          </div>
        ))}
      </dl>
      {removed.length > 0 && (
        <p className={styles.soft}>
          {t('inputs.form.removed', { labels: removed.map((one) => one.label).join(', ') })}
        </p>
      )}
    </div>
  );
}

function Value({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  if (answer.date !== null) return <Day on={answer.date} />;
  if (answer.isYes !== null) return t(answer.isYes ? 'inputs.form.yes' : 'inputs.form.no');
  if (answer.number !== null) return figure(answer.number);
  return answer.options ? answer.options.map((one) => one.label).join(', ') : answer.text;
}

/** Two answers with the same key say the same. */
function keyOf({ text, number, date, isYes, options }: Answer): string {
  return JSON.stringify([text, number, date, isYes, options?.map((one) => one.key)]);
}
