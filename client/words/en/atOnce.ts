import { activity } from './activity.ts';
import { columns } from './columns.ts';
import { comments } from './comments.ts';
import { common } from './common.ts';
import { facts } from './facts.ts';
import { health } from './health.ts';
import { names } from './names.ts';
import { palette } from './palette.ts';
import { project } from './project.ts';
import { projectState } from './projectState.ts';
import { report } from './report.ts';
import { shell } from './shell.ts';
import { submissions } from './submissions.ts';
import { task } from './task.ts';
import { taskActs } from './taskActs.ts';
import { undo } from './undo.ts';

/** What every screen is shown with. */
export const atOnce = {
  activity,
  comments,
  common,
  health,
  names,
  palette,
  project,
  shell,
  submissions,
  task,
  taskActs,
  templateTable: columns,
  undo,
  facts,
  projectState,
  report,
};
