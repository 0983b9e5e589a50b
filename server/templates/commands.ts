export {
  phaseTemplateAdd,
  phaseTemplateEdit,
  phaseTemplateMove,
  phaseTemplateRemove,
  taskTemplateAdd,
  taskTemplateEdit,
  taskTemplateMove,
  taskTemplateRemove,
  templateDraftEdit,
  templateDraftReplace,
} from './editing.ts';
export { templatesFromFiles } from './files.ts';
export {
  TemplateRefused,
  templateCreate,
  templateDraftDiscard,
  templateDraftStart,
  templatePublish,
  templateRestore,
  templateRetire,
} from './lifecycle.ts';
export type { PlaybookKey } from './playbooks.ts';
export { type ProjectCreateInput, projectCreate } from './projectCreate.ts';
