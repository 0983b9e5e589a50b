import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeletons } from '../../../components/Skeletons.tsx';
import { follow, type GuestPage, load } from './door.ts';
import { GuestTask } from './GuestTask.tsx';
import { Ended, LinkPage } from './LinkPage.tsx';

const route = getRouteApi('/guest/$id');

type Seen = 'loading' | 'nobody' | 'offline' | 'over' | 'thanks' | GuestPage;

/** What a handed-over link leads to: the way in, then the one task. */
export function GuestScreen() {
  const { id } = route.useParams();
  const { token } = route.useSearch();
  return <OneGuest key={id} id={id} token={token ?? null} />;
}

function OneGuest({ id, token }: { id: string; token: string | null }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const [seen, setSeen] = useState<Seen>('loading');
  // Of answers that overtake each other the newest question's counts.
  const asked = useRef(0);

  const look = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    const answer = await load(id);
    if (mine !== asked.current) return;
    setSeen((before) => {
      if (answer.ok) return answer.body;
      // What is on the screen stays while the server cannot be reached.
      if (answer.status !== 401) return typeof before === 'object' ? before : 'offline';
      if (before === 'thanks') return before;
      return typeof before === 'object' ? 'over' : 'nobody';
    });
  }, [id]);
  useEffect(() => void look(), [look]);

  const isOpen = typeof seen === 'object';
  useEffect(() => (isOpen ? follow(id, () => void look()) : undefined), [id, isOpen, look]);

  if (seen === 'loading') {
    return (
      <main aria-label={t('guest.loading')}>
        <Skeletons rows={6} shape="line" />
      </main>
    );
  }
  if (seen === 'over' || seen === 'thanks' || seen === 'offline') {
    return <Ended why={seen} onRetry={() => void look()} />;
  }
  if (seen === 'nobody') {
    return (
      <LinkPage
        id={id}
        token={token}
        onOpened={() => {
          // The link is used up; left in the address it would only puzzle.
          void navigate({ search: {}, replace: true });
          void look();
        }}
      />
    );
  }
  return <GuestTask id={id} page={seen} onActed={look} onGaveBack={() => setSeen('thanks')} />;
}
