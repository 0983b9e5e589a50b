import type { Config } from 'drizzle-kit';

export const config: Config = {
  dialect: 'postgresql',
  schema: './drizzle/schema/index.ts',
  out: './drizzle/migrations',
};

export default config;
