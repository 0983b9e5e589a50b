import type { ReactNode } from 'react';
import type { FragmentOf } from '../../api/graphql.ts';
import type { templateCard } from '../../features/templates/acts.ts';
import type { Variable } from '../../features/templates/DocumentationEditor.tsx';
import type { Chosen } from '../../features/templates/Outline.tsx';

export type VersionLine = {
  id: string;
  number: number;
  state: 'DRAFT' | 'PUBLISHED' | 'RETIRED';
  publishedAt: string | null;
};

/** What the draft and a version that nobody edits have in common on the screen. */
export type TemplateProps = {
  template: { id: string; versions: readonly VersionLine[] } & FragmentOf<typeof templateCard>;
  cursor: string | undefined;
  variables: readonly Variable[];
  trail: ReactNode;
  versionId: string;
  chosen: Chosen | null;
  onChoose: (chosen: Chosen | null) => void;
  onVersion: (id: string | undefined) => void;
  onReload: () => Promise<unknown>;
};
