import type { ComponentType } from 'react';
import { CatalogueMock } from './mocks/catalogue/CatalogueMock.tsx';
import { EmailMock } from './mocks/email/EmailMock.tsx';
import { RecommendationsMock } from './mocks/recommendations/RecommendationsMock.tsx';
import { ReviewsMock } from './mocks/reviews/ReviewsMock.tsx';
import { SearchMock } from './mocks/search/SearchMock.tsx';
import type { MockKind } from './protocol.ts';

/** The mock of each kind: a new one is a folder and a line here. */
export const mocks: Record<MockKind, ComponentType> = {
  SEARCH: SearchMock,
  RECOMMENDATIONS: RecommendationsMock,
  EMAIL: EmailMock,
  REVIEWS: ReviewsMock,
  CATALOGUE: CatalogueMock,
};
