import { useTranslation } from 'react-i18next';
import { mostColumns, type SchemaProblem } from '../../../../server/submissions/validation/rules/tableSchema.ts';
import styles from './Table.module.css';
import { placeWords, problemWords } from './where.ts';

type Unused = Pick<SchemaProblem, 'path' | 'column'>;

/** What became of a file or of cells that were put in. */
export type Tidings =
  | { kind: 'pasted'; count: number; isCut: boolean }
  | { kind: 'taken'; name: string; count: number; isCut: boolean; unused: readonly Unused[] }
  | { kind: 'kept'; name: string }
  | { kind: 'tooLarge' | 'notRead' | 'nothing'; name: string; max?: number }
  | { kind: 'refused'; name: string; problems: readonly SchemaProblem[] };

const shownProblems = 8;

type Props = { told: Tidings | null; others: readonly SchemaProblem[] };

/** What to say below the columns: of what was put in last, and what is wrong with the table as a whole. */
export function Told({ told, others }: Props) {
  const { t } = useTranslation();
  return (
    <>
      {told && <Tiding told={told} />}
      {others.length > 0 && (
        <ul className={styles.told} data-tone="bad" role="alert">
          {others.map((other) => (
            <li key={`${other.path} ${other.message}`}>{problemWords(placeWords(other, t), other.message, t)}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Tiding({ told }: { told: Tidings }) {
  const { t } = useTranslation();
  switch (told.kind) {
    case 'pasted':
      return (
        <p className={styles.told} role="status">
          {t('templateTable.pasted', { count: told.count })}
          {told.isCut && ` ${t('templateTable.cut', { max: mostColumns })}`}
        </p>
      );
    case 'taken':
      return (
        <div className={styles.told} role="status">
          <p>{t('templateTable.taken', { count: told.count, name: told.name })}</p>
          {told.isCut && <p>{t('templateTable.cut', { max: mostColumns })}</p>}
          {told.unused.length > 0 && (
            <p>{t('templateTable.unused', { parts: told.unused.map((each) => placeWords(each, t)).join('; ') })}</p>
          )}
        </div>
      );
    case 'kept':
      return (
        <p className={styles.told} role="status">
          {t('templateTable.kept', { name: told.name })}
        </p>
      );
    case 'refused': {
      const rest = told.problems.length - shownProblems;
      return (
        <div className={styles.told} data-tone="bad" role="alert">
          <p>{t('templateTable.refused', { name: told.name })}</p>
          <ul>
            {told.problems.slice(0, shownProblems).map((problem) => (
              <li key={`${problem.path} ${problem.message}`}>
                {problem.path === ''
                  ? t('templateTable.problemTop', { message: problem.message })
                  : problemWords(placeWords(problem, t), problem.message, t)}
              </li>
            ))}
            {rest > 0 && <li>{t('templateTable.more', { count: rest })}</li>}
          </ul>
        </div>
      );
    }
    default:
      return (
        <p className={styles.told} data-tone="bad" role="alert">
          {t(`templateTable.${told.kind}`, { name: told.name, max: told.max ?? 0 })}
        </p>
      );
  }
}
