import { useTranslation } from 'react-i18next';
import { DialogFrame } from '../../../components/DialogFrame.tsx';
import { useViewer } from '../viewer.ts';
import { keyGroups } from './keyGroups.ts';
import styles from './Palette.module.css';

/** Every key there is, on one sheet. */
export function Keys({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { isStaff } = useViewer();
  const groups = keyGroups.filter((group) => isStaff || !group.isForStaff);
  return (
    <DialogFrame name={{ label: t('palette.keys.title') }} className={styles.dialog} onClose={onClose} closesBeside>
      <div className={styles.keys}>
        <h2>{t('palette.keys.title')}</h2>
        {groups.map((group) => (
          <section key={group.word}>
            <h3>{t(`palette.keys.group.${group.word}`)}</h3>
            <dl>
              {group.keys.map((one) => (
                <div key={one.word}>
                  <dt>{t(`palette.keys.act.${one.word}`)}</dt>
                  <dd>
                    {one.caps.map((cap) => (
                      <kbd key={cap}>{t(`palette.keys.cap.${cap}`)}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <button type="button" className={styles.close} onClick={onClose}>
          {t('palette.keys.close')}
        </button>
      </div>
    </DialogFrame>
  );
}
