import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { type Level, type Levels, nouns } from './scopes.ts';
import styles from './Tokens.module.css';

const levels = ['none', 'read', 'write'] as const satisfies readonly Level[];

type Props = { levels: Levels; problem: string | null; onChange: (levels: Levels) => void };

/** What a token may do, noun by noun: nothing, read, or read and write. */
export function ScopeTable({ levels: chosen, problem, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.choices}>
      <legend>{t('tokens.form.scopes')}</legend>
      <table className={styles.scopes}>
        <thead>
          <tr>
            <th scope="col">{t('tokens.form.noun')}</th>
            {levels.map((level) => (
              <th key={level} scope="col">
                {t(`tokens.form.${level}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {nouns.map((noun) => (
            <tr key={noun}>
              <th scope="row">{t(`tokens.nouns.${noun}`)}</th>
              {levels.map((level) => (
                <td key={level}>
                  <label className={styles.cell}>
                    <input
                      type="radio"
                      name={`scope-${noun}`}
                      aria-label={`${t(`tokens.nouns.${noun}`)}: ${t(`tokens.form.${level}`)}`}
                      checked={chosen[noun] === level}
                      onChange={() => onChange({ ...chosen, [noun]: level })}
                    />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {problem && <FieldError>{problem}</FieldError>}
    </fieldset>
  );
}
