export type { PlaybookKey } from './playbooks.ts';
export { type ProjectCreateInput, projectCreate } from './projectCreate.ts';
