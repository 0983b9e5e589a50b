import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './Company.module.css';
import type { Settings } from './documents.ts';
import { Part } from './Part.tsx';
import { useCompanyEdit } from './useCompanyEdit.ts';

const ours = '#0f5f5c';
const isColor = (text: string) => /^#[0-9a-f]{6}$/i.test(text);

/** The one colour of the company. Whether white text can be read on it is the server's to say, with a shade that works. */
export function AccentPart({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const edit = useCompanyEdit(settings, ({ accentColor }) => ({ accentColor }));
  const color = edit.values.accentColor ?? ours;
  const problem = edit.errorOf('accentColor');
  const shade = problem && /#[0-9a-f]{6}/.exec(problem)?.[0];
  return (
    <Part title={t('company.accent.title')} about={t('company.accent.about')} edit={edit}>
      <div className={styles.color}>
        <input
          type="color"
          className={styles.swatch}
          aria-label={t('company.accent.pick')}
          value={isColor(color) ? color : ours}
          onChange={(event) => edit.change({ accentColor: event.currentTarget.value })}
        />
        <TextInput
          label={t('company.accent.color')}
          value={color}
          maxLength={7}
          error={problem}
          onChange={(event) => edit.change({ accentColor: event.currentTarget.value })}
        />
      </div>
      <div className={styles.choices}>
        {shade && (
          <Button variant="default" onClick={() => edit.change({ accentColor: shade })}>
            {t('company.accent.takeShade', { shade })}
          </Button>
        )}
        {edit.values.accentColor !== null && (
          <Button variant="default" onClick={() => edit.change({ accentColor: null })}>
            {t('company.accent.ours')}
          </Button>
        )}
      </div>
    </Part>
  );
}
