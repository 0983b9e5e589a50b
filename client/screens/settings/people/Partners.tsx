import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EnumOf, type FragmentOf, graphql, type ResultOf, readFragment } from '../../../api/graphql.ts';
import { Dialog, DialogForm } from '../../../components/Dialog.tsx';
import { FieldError } from '../../../components/Notice.tsx';
import { useViewer } from '../../../features/viewer/viewer.ts';
import { type InvitationRow, type PeopleQuery, PersonRow } from './fragments.ts';
import styles from './People.module.css';
import { PeopleGroup } from './PeopleGroup.tsx';
import { ProjectSelect } from './ProjectSelect.tsx';

const PartnerAttachMutation = graphql(`
  mutation PartnerAttach($id: ID!, $projectId: ID!) {
    partnerAttach(id: $id, input: { projectId: $projectId }) { userErrors { code } }
  }
`);
const PartnerDetachMutation = graphql(`
  mutation PartnerDetach($id: ID!, $projectId: ID!) {
    partnerDetach(id: $id, input: { projectId: $projectId }) { userErrors { code } }
  }
`);

type Partner = ResultOf<typeof PeopleQuery>['company']['partners'][number];
type Props = {
  partners: readonly Partner[];
  invitations: readonly FragmentOf<typeof InvitationRow>[];
  roles: readonly EnumOf<'Role'>[];
  onChanged: () => void;
};

/** The people of agencies, each with the projects that they see. */
export function Partners({ partners, invitations, roles, onChanged }: Props) {
  const { t } = useTranslation();
  const { viewerCan } = useViewer();
  const title = t('settings.people.partnersTitle');
  return (
    <PeopleGroup
      place={{ kind: 'partners', name: title }}
      title={title}
      empty={t('settings.people.partnersEmpty')}
      people={partners}
      invitations={invitations}
      roles={roles}
      onChanged={onChanged}
      below={(personId) => {
        const partner = partners.find((one) => readFragment(PersonRow, one).id === personId);
        if (!partner) return null;
        return <Attached partner={partner} mayChange={viewerCan.createProjects} onChanged={onChanged} />;
      }}
    />
  );
}

type AttachedProps = { partner: Partner; mayChange: boolean; onChanged: () => void };

/** The projects of one partner; each can be taken away, and others given. */
function Attached({ partner, mayChange, onChanged }: AttachedProps) {
  const { t } = useTranslation();
  const [detach] = useMutation(PartnerDetachMutation);
  const [isAttaching, setAttaching] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const { id, name } = readFragment(PersonRow, partner);

  return (
    <span className={styles.attached}>
      {partner.attachedTo.length === 0 && <span className={styles.quiet}>{t('settings.people.projectsNone')}</span>}
      {partner.attachedTo.map((project) => {
        const label = t('settings.people.projectOf', { account: project.account.name, project: project.name });
        return (
          <span key={project.id} className={styles.project}>
            {label}
            {mayChange && (
              <button
                type="button"
                className={styles.detach}
                aria-label={t('settings.people.detachFrom', { name, project: label })}
                onClick={() =>
                  void detach({ variables: { id, projectId: project.id } }).then(onChanged, () => setFailed(true))
                }
              >
                <IconX size={12} stroke={1.5} aria-hidden="true" />
              </button>
            )}
          </span>
        );
      })}
      {mayChange && (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={12} stroke={1.5} aria-hidden="true" />}
          onClick={() => setAttaching(true)}
        >
          {t('settings.people.attach')}
        </Button>
      )}
      {hasFailed && <FieldError>{t('settings.people.actFailed')}</FieldError>}
      {isAttaching && (
        <AttachDialog
          partner={{ id, name }}
          without={partner.attachedTo.map((project) => project.id)}
          onClose={() => setAttaching(false)}
          onDone={() => {
            setAttaching(false);
            onChanged();
          }}
        />
      )}
    </span>
  );
}

type DialogProps = {
  partner: { id: string; name: string };
  without: readonly string[];
  onClose: () => void;
  onDone: () => void;
};

function AttachDialog({ partner, without, onClose, onDone }: DialogProps) {
  const { t } = useTranslation();
  const [attach] = useMutation(PartnerAttachMutation);
  const [projectId, setProjectId] = useState('');
  const [hasFailed, setFailed] = useState(false);
  return (
    <Dialog title={t('settings.people.attachTitle', { name: partner.name })} onClose={onClose}>
      <DialogForm
        onSubmit={() => void attach({ variables: { id: partner.id, projectId } }).then(onDone, () => setFailed(true))}
        actions={
          <>
            <Button type="submit" disabled={projectId === ''}>
              {t('settings.people.attachDone')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        <ProjectSelect value={projectId} onChange={setProjectId} without={without} />
        {hasFailed && <FieldError>{t('settings.people.actFailed')}</FieldError>}
      </DialogForm>
    </Dialog>
  );
}
