import { useQuery } from '@apollo/client/react';
import { NotFound } from '../../components/NotFound.tsx';
import { Shell } from '../../features/viewer/Shell.tsx';
import { ViewerQuery } from '../../features/viewer/viewer.ts';
import { InboxLink } from '../../live/InboxLink.tsx';

/** An address that leads nowhere: whoever is signed in keeps what stands around every page, and so the way on. */
export function LostScreen() {
  const { data, loading } = useQuery(ViewerQuery);
  if (data?.viewer) {
    return (
      <Shell inbox={(dress) => <InboxLink {...dress} />}>
        <NotFound company={data.viewer.company.name} />
      </Shell>
    );
  }
  return <main>{!loading && <NotFound />}</main>;
}
