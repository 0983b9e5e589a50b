import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import styles from './Tokens.module.css';

export type Place = { id: string; name: string; account: { id: string; name: string } };

type Props = {
  projects: readonly Place[];
  /** Null: not restricted. */
  chosen: readonly string[] | null;
  isApp: boolean;
  problem: string | null;
  onChange: (chosen: readonly string[] | null) => void;
};

/** Where a token works: everywhere that its person may look, or in some projects. */
export function ProjectChoice({ projects, chosen, isApp, problem, onChange }: Props) {
  const { t } = useTranslation();
  const toggle = (id: string) => {
    const now = chosen ?? [];
    onChange(now.includes(id) ? now.filter((one) => one !== id) : [...now, id]);
  };
  return (
    <fieldset className={styles.choices}>
      <legend>{t('tokens.form.where')}</legend>
      <label>
        <input type="radio" name="where" checked={chosen === null} onChange={() => onChange(null)} />
        {t(isApp ? 'tokens.form.everywhereApp' : 'tokens.form.everywhere')}
      </label>
      <label>
        <input type="radio" name="where" checked={chosen !== null} onChange={() => onChange([])} />
        {t('tokens.form.some')}
      </label>
      {chosen !== null && (
        <fieldset className={styles.projects}>
          <legend className={styles.hidden}>{t('tokens.form.projects')}</legend>
          {projects.length === 0 && <p>{t('tokens.form.noProjects')}</p>}
          {projects.map((project) => (
            <label key={project.id}>
              <input type="checkbox" checked={chosen.includes(project.id)} onChange={() => toggle(project.id)} />
              <span>
                {project.name} <span className={styles.account}>{project.account.name}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {problem && <FieldError>{problem}</FieldError>}
    </fieldset>
  );
}
