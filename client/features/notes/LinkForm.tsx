import { Button, TextInput } from '@mantine/core';
import type { Editor } from '@tiptap/react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { typedHref } from '../../../server/notes/document/links.ts';
import styles from './Note.module.css';

type Props = { editor: Editor; onClose: () => void };

/** Sets, changes or takes away the link of the selection. */
export function LinkForm({ editor, onClose }: Props) {
  const { t } = useTranslation();
  const current: unknown = editor.getAttributes('link').href;
  const [address, setAddress] = useState(typeof current === 'string' ? current : '');
  const [isWrong, setWrong] = useState(false);
  const isLink = editor.isActive('link');

  const close = () => {
    onClose();
    editor.commands.focus();
  };
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    const href = typedHref(address);
    if (href === null) return setWrong(true);
    const chain = editor.chain().extendMarkRange('link');
    // With nothing selected there is nothing to make a link of: then the address is written out.
    if (editor.state.selection.empty && !isLink) {
      chain.insertContent({ type: 'text', text: address.trim(), marks: [{ type: 'link', attrs: { href } }] }).run();
    } else chain.setLink({ href }).run();
    close();
  };
  const handleRemove = () => {
    editor.chain().extendMarkRange('link').unsetLink().run();
    close();
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  };

  return (
    <form className={styles.link} onSubmit={handleSubmit} onKeyDown={handleKeyDown}>
      <TextInput
        size="xs"
        className={styles.address}
        label={t('notes.link.label')}
        placeholder={t('notes.link.placeholder')}
        inputMode="url"
        autoComplete="off"
        autoFocus
        value={address}
        error={isWrong ? t('notes.link.wrong') : undefined}
        onChange={(event) => {
          setAddress(event.currentTarget.value);
          setWrong(false);
        }}
      />
      <div className={styles.linkActions}>
        <Button size="xs" type="submit">
          {t('notes.link.set')}
        </Button>
        {isLink && (
          <Button size="xs" variant="default" onClick={handleRemove}>
            {t('notes.link.remove')}
          </Button>
        )}
        <Button size="xs" variant="subtle" onClick={close}>
          {t('notes.link.cancel')}
        </Button>
      </div>
    </form>
  );
}
