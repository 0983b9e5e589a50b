import { Button, Menu, SegmentedControl, Textarea } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DocumentationText } from './DocumentationText.tsx';
import styles from './Editor.module.css';

export type Variable = { name: string; example: string };

type Props = { text: string; variables: readonly Variable[]; onChange: (text: string) => void };

/** Markdown on one side, how it reads for an example shop on the other; on a narrow page one at a time. */
export function DocumentationEditor({ text, variables, onChange }: Props) {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const [view, setView] = useState<'write' | 'read'>('write');

  const handleInsert = (name: string) => {
    const [from, to] = [field.current?.selectionStart ?? text.length, field.current?.selectionEnd ?? text.length];
    const inserted = `{{${name}}}`;
    onChange(text.slice(0, from) + inserted + text.slice(to));
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(from + inserted.length, from + inserted.length);
    });
  };

  return (
    <section className={styles.section}>
      <div className={styles.bar}>
        <h2 className={styles.heading}>{t('templates.documentation.title')}</h2>
        <div className={styles.buttons}>
          <SegmentedControl
            className={styles.onlyNarrow}
            size="xs"
            aria-label={t('templates.documentation.view')}
            value={view}
            onChange={(value) => setView(value === 'read' ? 'read' : 'write')}
            data={[
              { value: 'write', label: t('templates.documentation.write') },
              { value: 'read', label: t('templates.documentation.read') },
            ]}
          />
          <Menu withinPortal={false} withInitialFocusPlaceholder={false}>
            <Menu.Target>
              <Button
                variant="default"
                size="xs"
                leftSection={<IconBraces size={16} stroke={1.5} aria-hidden />}
                title={t('templates.documentation.insertHint')}
              >
                {t('templates.documentation.insert')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {variables.map((variable) => (
                <Menu.Item key={variable.name} onClick={() => handleInsert(variable.name)}>
                  <code>{variable.name}</code>
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </div>
      </div>
      <div className={styles.writing} data-view={view}>
        <Textarea
          ref={field}
          className={styles.write}
          aria-label={t('templates.documentation.label')}
          autosize
          minRows={14}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <div className={styles.read}>
          <p className={styles.small}>{t('templates.documentation.preview')}</p>
          <DocumentationText text={text} variables={variables} />
        </div>
      </div>
    </section>
  );
}
