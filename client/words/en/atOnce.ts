import { activity } from './activity.ts';
import { api } from './api.ts';
import { audit } from './audit.ts';
import { checks } from './checks.ts';
import { comments } from './comments.ts';
import { common } from './common.ts';
import { company } from './company.ts';
import { facts } from './facts.ts';
import { health } from './health.ts';
import { inlineEdit } from './inlineEdit.ts';
import { inputs } from './inputs.ts';
import { invitation } from './invitation.ts';
import { names } from './names.ts';
import { newIntegration } from './newIntegration.ts';
import { notes } from './notes.ts';
import { overview } from './overview.ts';
import { palette } from './palette.ts';
import { project } from './project.ts';
import { projectEdit } from './projectEdit.ts';
import { projectState } from './projectState.ts';
import { report } from './report.ts';
import { settings } from './settings.ts';
import { setUp } from './setUp.ts';
import { shell } from './shell.ts';
import { signIn } from './signIn.ts';
import { submissions } from './submissions.ts';
import { task } from './task.ts';
import { taskActs } from './taskActs.ts';
import { templateTable } from './templateTable.ts';
import { tokens } from './tokens.ts';
import { undo } from './undo.ts';

/** What every screen is shown with. */
export const atOnce = {
  activity,
  api,
  audit,
  checks,
  comments,
  common,
  company,
  health,
  invitation,
  names,
  notes,
  overview,
  palette,
  project,
  setUp,
  settings,
  shell,
  signIn,
  submissions,
  task,
  taskActs,
  tokens,
  inlineEdit,
  inputs,
  templateTable,
  undo,
  projectEdit,
  facts,
  projectState,
  newIntegration,
  report,
};
