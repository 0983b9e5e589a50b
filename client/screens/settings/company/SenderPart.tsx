import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings } from './documents.ts';
import { Part } from './Part.tsx';
import { useCompanyEdit } from './useCompanyEdit.ts';

/** Whom mails come from. The address is the installation's; the name and where answers go are the company's. */
export function SenderPart({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const edit = useCompanyEdit(settings, ({ senderName, replyTo }) => ({ senderName, replyTo }));
  return (
    <Part title={t('company.sender.title')} about={t('company.sender.about')} edit={edit}>
      <TextInput
        label={t('company.sender.name')}
        placeholder={settings.name}
        value={edit.values.senderName ?? ''}
        maxLength={200}
        error={edit.errorOf('senderName')}
        onChange={(event) => edit.change({ senderName: event.currentTarget.value || null })}
      />
      <TextInput
        type="email"
        label={t('company.sender.replyTo')}
        description={t('company.sender.replyToHint')}
        value={edit.values.replyTo ?? ''}
        maxLength={254}
        error={edit.errorOf('replyTo')}
        onChange={(event) => edit.change({ replyTo: event.currentTarget.value || null })}
      />
    </Part>
  );
}
