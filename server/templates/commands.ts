export { conditionsNotice } from './conditions/commands.ts';
export {
  templateDraftEdit,
  templateDraftReplace,
  templatePhaseAdd,
  templatePhaseEdit,
  templatePhaseMove,
  templatePhaseRemove,
  templateTaskAdd,
  templateTaskEdit,
  templateTaskMove,
  templateTaskRemove,
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
export { TemplateFileRefused, templateImport } from './templateImport.ts';
export { projectTemplateUpdate } from './update/commands.ts';
export { projectTemplateUpdateUndo } from './update/undo/commands.ts';
