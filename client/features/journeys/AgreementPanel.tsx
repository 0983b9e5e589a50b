import { useQuery } from '@apollo/client/react';
import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Signature } from '../../../server/journeys/said.ts';
import { graphql } from '../../api/graphql.ts';
import { FieldError } from '../../components/Notice.tsx';
import { RelativeTime } from '../../components/Time.tsx';
import { PanelFrame } from './PanelFrame.tsx';
import styles from './Panels.module.css';
import own from './Saying.module.css';
import type { JourneyDoc } from './useJourney.ts';

const speakersQuery = graphql(`
  query JourneySpeakers {
    company {
      people {
        id
        name
        role
      }
    }
  }
`);

type Props = { doc: JourneyDoc; takesFocus: boolean; onClose: () => void };

/** Who speaks for each team on the map, and whether they have signed it as it is. */
export function AgreementPanel({ doc, takesFocus, onClose }: Props) {
  const { t } = useTranslation();
  const { data } = useQuery(speakersQuery, { skip: !doc.canEdit });
  // Who only reads cannot sign.
  const people = (data?.company.people ?? []).filter(({ role }) => role !== 'DIRECTOR');
  const { departments } = doc.saying.agreement;
  return (
    <PanelFrame title={t('journeySaying.agreement')} takesFocus={takesFocus} onClose={onClose}>
      <p className={styles.soft}>{t('journeySaying.about')}</p>
      {departments.length === 0 && <p className={styles.soft}>{t('journeySaying.noTeams')}</p>}
      <ul className={styles.rows}>
        {departments.map((one) => (
          <Team key={one.departmentId} doc={doc} {...one} people={people} />
        ))}
      </ul>
    </PanelFrame>
  );
}

type TeamProps = {
  doc: JourneyDoc;
  departmentId: string;
  signature: Signature;
  people: readonly { id: string; name: string }[];
};

function Team({ doc, departmentId, signature, people }: TeamProps) {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<string | null>(null);
  const name = doc.map.departments.find(({ id }) => id === departmentId)?.name ?? '';
  const said = [...doc.state.representatives.values()].find((one) => one.departmentId === departmentId);
  const speaker = said?.person ?? null;
  const isMine = speaker?.id === doc.me.id && doc.saying.canComment;
  const known = speaker && !people.some(({ id }) => id === speaker.id) ? [speaker, ...people] : people;
  const nobody = { value: '', label: t('journeySaying.nobody') };
  return (
    <li className={own.team}>
      <span className={styles.kind}>
        <span>{name}</span>
        <span className={own.signature} data-signature={signature}>
          {t(`journeySaying.${signature}`)}
          {signature === 'SIGNED' && said?.signedAt && <RelativeTime at={said.signedAt} />}
        </span>
      </span>
      {doc.canEdit ? (
        <NativeSelect
          size="xs"
          aria-label={t('journeySaying.speaks', { name })}
          value={speaker?.id ?? ''}
          data={[nobody, ...known.map((one) => ({ value: one.id, label: one.name }))]}
          onChange={async ({ currentTarget }) =>
            setFailure(await doc.saying.represent(departmentId, currentTarget.value || null))
          }
        />
      ) : (
        <span className={styles.soft}>{speaker?.name ?? t('journeySaying.nobody')}</span>
      )}
      {failure && <FieldError>{failure}</FieldError>}
      {isMine && signature !== 'SIGNED' && (
        <Button
          size="compact-sm"
          aria-label={t('journeySaying.signOf', { name })}
          onClick={async () => setFailure(await doc.saying.sign(departmentId, true))}
        >
          {t('journeySaying.sign')}
        </Button>
      )}
      {isMine && signature === 'SIGNED' && (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={t('journeySaying.takeBackOf', { name })}
          onClick={async () => setFailure(await doc.saying.sign(departmentId, false))}
        >
          {t('journeySaying.takeBack')}
        </Button>
      )}
    </li>
  );
}
