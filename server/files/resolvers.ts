import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { downloadUrl, type FileRow } from './queries.ts';
import { StoredFile } from './types.ts';

@Resolver(() => StoredFile)
export class FileResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Where to download it; signed for the viewer, lives 5 minutes. Null until all bytes have arrived.',
  })
  downloadUrl(@Ctx() context: GraphqlContext, @Root() file: FileRow): string | null {
    return downloadUrl(signedIn(context), file);
  }
}
