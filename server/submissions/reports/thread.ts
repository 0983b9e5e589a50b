import { serveTasks } from '../../platform/threads/serveTasks.ts';
import { checkFile } from './checkFile.ts';
import { findingsFile, repairedFile } from './findingsFile.ts';
import { previewRepair, repairFile } from './repairFile.ts';
import { sampleFile } from './sampleFile.ts';

/* What runs in a thread: reads a file by itself and puts it through the engine. It knows no database. */
serveTasks({
  check: checkFile,
  repair: repairFile,
  preview: previewRepair,
  sample: sampleFile,
  findings: findingsFile,
  repaired: repairedFile,
});
