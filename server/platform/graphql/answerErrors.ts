import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { words } from '../../words/en.ts';
import { unreachable, unstorable } from '../database/errors.ts';
import { ActError, ApiError, type ApiErrorCode } from './errors.ts';

/** What a caller gets to see of an error: a code of the closed list, never a stack, a statement or a path. */
export function answerError(error: unknown, log: Logger, requestId: string): GraphQLFormattedError {
  const graphqlError = error instanceof GraphQLError ? error : null;
  const original = graphqlError?.originalError ?? (graphqlError ? null : error);
  const where = { locations: graphqlError?.locations, path: graphqlError?.path };
  const code = graphqlError?.extensions.code;

  if (original instanceof ApiError || (original === null && typeof code === 'string' && isApiCode(code))) {
    const known = original instanceof ApiError ? original : graphqlError;
    const detail = known instanceof ApiError ? known.detail : {};
    return {
      message: known?.message ?? '',
      ...where,
      extensions: { code: known?.extensions.code, ...detail, requestId },
    };
  }
  if (original instanceof ActError) {
    const message = words.userErrors[original.code](original.params);
    return { message, ...where, extensions: { code: 'BAD_USER_INPUT', requestId } };
  }
  // From graphql-js itself: wrong variables, which it wraps once more, or an unknown operation name.
  if (original === null || original instanceof GraphQLError) {
    return { message: graphqlError?.message ?? '', ...where, extensions: { code: 'BAD_USER_INPUT', requestId } };
  }
  if (unstorable(original)) {
    return { message: words.apiErrors.BAD_USER_INPUT(), ...where, extensions: { code: 'BAD_USER_INPUT', requestId } };
  }
  const closed: ApiErrorCode = unreachable(original) ? 'UNAVAILABLE' : 'INTERNAL_SERVER_ERROR';
  log.error({ err: original, requestId }, 'graphql');
  return { message: words.apiErrors[closed](), ...where, extensions: { code: closed, requestId } };
}

function isApiCode(code: string): code is ApiErrorCode {
  return Object.hasOwn(words.apiErrors, code);
}
