import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { isDay } from '../../calendar.ts';
import { words } from '../../words/en.ts';

function parse(value: unknown): string {
  if (typeof value !== 'string' || !isDay(value)) throw new GraphQLError(words.graphql.badDate());
  return value;
}

/** A day of the calendar, without a time or a zone. */
export const CalendarDate = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'A day of the calendar, YYYY-MM-DD, in the zone of the thing it belongs to.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  serialize: parse,
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
});

/** An instant, RFC 3339. */
export const DateTime = GraphQLDateTime;
