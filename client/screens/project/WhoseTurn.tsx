import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { Viewer } from '../../features/viewer/viewer.ts';
import styles from './Project.module.css';
import type { ProjectShown } from './ProjectScreen.tsx';

const Later = lazy(async () => (await import('./Later.tsx')).later());

type Props = { project: ProjectShown; viewer: Viewer };

/** Milestones, and whose turn it has been: below what somebody came for, so that it comes when they come near it. */
export function WhoseTurn({ project, viewer }: Props) {
  const { id, position, account } = project;
  const place = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const watch = new IntersectionObserver((seen) => setNear((was) => was || seen.some((one) => one.isIntersecting)));
    if (place.current) watch.observe(place.current);
    return () => watch.disconnect();
  }, []);
  return (
    <div ref={place} className={styles.whoseTurn}>
      {isNear && (
        <Suspense fallback={null}>
          <Later
            key={id}
            projectId={id}
            position={position}
            account={account.name}
            company={viewer.company.name}
            isStaff={viewer.isStaff}
          />
        </Suspense>
      )}
    </div>
  );
}
