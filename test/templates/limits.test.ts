import { InMemoryCache } from '@apollo/client/cache';
import { print } from 'graphql';
import { expect, it } from 'vitest';
import { draftQuery, draftReplaceMutation, taskEditMutation } from '../../client/features/templates/documents.ts';
import { createDocuments } from '../../server/platform/graphql/limits.ts';
import { createSchema } from '../../server/schema.ts';

it('a whole road is within what one request may ask for, as the page asks for it', () => {
  const documents = createDocuments(createSchema());
  const cache = new InMemoryCache();
  for (const document of [draftQuery, draftReplaceMutation, taskEditMutation]) {
    const text = print(cache.transformDocument(document));
    expect(documents.prepare(text, { id: 'x', input: {} })).not.toHaveProperty('errors');
  }
});
