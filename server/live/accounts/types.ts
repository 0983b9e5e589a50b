import { ObjectType } from 'type-graphql';
import { connectionTypes } from '../../platform/graphql/connection.ts';
import type { OfTask } from './queries.ts';

@ObjectType({ description: 'A file of one of the tasks of an account.' })
export class AccountFile implements OfTask {
  id!: string;
  taskId!: string;
  createdAt!: Date;
}

@ObjectType({ description: 'A note of one of the tasks of an account.' })
export class AccountNote implements OfTask {
  id!: string;
  taskId!: string;
  createdAt!: Date;
}

export const { ConnectionType: AccountFileConnection } = connectionTypes('AccountFile', () => AccountFile);
export const { ConnectionType: AccountNoteConnection } = connectionTypes('AccountNote', () => AccountNote);
