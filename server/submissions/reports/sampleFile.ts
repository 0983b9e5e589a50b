import type { TaskLine } from '../../platform/threads/serveTasks.ts';
import { type SampledCell, spreadOver } from '../validation/spread.ts';
import { optionsOf } from './checkFile.ts';
import type { FileOrder, JudgeOrder } from './order.ts';
import { tailOf } from './tail.ts';

export type SampleOrder = { file: FileOrder; judge: JudgeOrder; rows: number; most: number };
export type Sampled = { links: SampledCell[]; images: SampledCell[] };

/** Some of the links and pictures behind the rows of a feed. */
export async function sampleFile({ file, judge, rows, most }: SampleOrder, line: TaskLine): Promise<Sampled> {
  const options = { ...optionsOf(judge, file.name), signal: line.signal };
  const columns = ['link', 'image_link'];
  const [links = [], images = []] = await spreadOver(tailOf(file, line), options, { rows, most, columns });
  return { links, images };
}
