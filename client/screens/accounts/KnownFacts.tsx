import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { InlineText } from '../../components/InlineEdit.tsx';
import { useViewer } from '../../features/viewer/viewer.ts';
import { dayWords, todayOf } from '../../words/format.ts';
import styles from './Accounts.module.css';
import { type AccountShown, KnownFactSetMutation, type StaffShown } from './documents.ts';
import { Group } from './Group.tsx';

type Props = { account: AccountShown; facts: StaffShown['facts']; onChanged: () => void };

/** All that is known of the account, each with where it comes from and since when; edited in place by whoever may. */
export function KnownFacts({ account, facts, onChanged }: Props) {
  const { t } = useTranslation();
  const { company } = useViewer();
  const [set] = useMutation(KnownFactSetMutation);
  const today = todayOf(new Date());
  const save = async (key: string, value: string): Promise<string | null> => {
    try {
      const { data } = await set({ variables: { id: account.id, input: { key, value } } });
      const refusal = data?.accountFactSet.userErrors[0];
      if (!refusal) onChanged();
      return refusal?.message ?? null;
    } catch (error) {
      return t(`comments.failure.${failureOf(error)}`);
    }
  };
  return (
    <Group title={t('accounts.facts.title')} none={facts.length === 0 && t('accounts.facts.none')}>
      <dl className={styles.facts}>
        {facts.map(({ key, value, source, at }) => {
          const label = t(`facts.${key}` as 'facts.shop.domain', { defaultValue: key });
          const from = t(`accounts.facts.source.${source}`, { company: company.name });
          return (
            <div key={key} className={styles.fact}>
              <dt>{label}</dt>
              <dd>
                {account.viewerCan.edit ? (
                  <InlineText
                    label={label}
                    value={value}
                    maxLength={4000}
                    isRequired={false}
                    onSave={(next) => save(key, next)}
                  />
                ) : (
                  value
                )}
                <span className={styles.soft}>
                  {t('accounts.facts.from', { source: from, day: dayWords(todayOf(new Date(at)), today) })}
                </span>
              </dd>
            </div>
          );
        })}
      </dl>
    </Group>
  );
}
