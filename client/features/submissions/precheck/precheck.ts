import type { Progress, Report } from '../../../../server/submissions/validation/types.ts';
import type { Changes, Edit } from '../report/repairing.ts';
import type { Fix } from '../report/view.ts';
import type { Answer, Check, Chosen, KnownColumn, Order } from './orders.ts';

type Waiting = { resolve: (answer: Answer) => void; reject: (error: Error) => void };
type Asked =
  | { act: 'check' }
  | { act: 'preview'; fixes: readonly Fix[] }
  | { act: 'repair'; fixes: readonly Fix[]; edits: readonly Edit[] };

/** A file in the hands of a worker, which checks and repairs it before it is sent. `end()` when nobody waits any more. */
export class Precheck {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  readonly #waiting = new Map<number, Waiting>();
  #number = 0;
  chosen: Chosen = { mapping: [], declared: [] };

  constructor(
    readonly file: File,
    private readonly check: Check,
    /** As of when dates are judged. */
    private readonly asOf: string,
    private readonly onProgress: (progress: Progress) => void,
  ) {
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#take(data);
    // It could not be loaded, or ran out of memory: nobody answers any more.
    this.#worker.onerror = () => this.#fail('the worker ended');
  }

  async report(): Promise<{ report: Report; knownColumns: readonly KnownColumn[] }> {
    const answer = await this.#ask({ act: 'check' });
    if (!('report' in answer)) throw new Error('no report');
    return answer;
  }

  /** What the person has chosen counts from now on: for reports, repairs, and what is sent. */
  choose({ mapping = [], declared = [] }: Partial<Chosen>): void {
    const sources = new Set(mapping.map(({ source }) => source));
    const keys = new Set(declared.map(({ key }) => key));
    this.chosen = {
      mapping: [...this.chosen.mapping.filter(({ source }) => !sources.has(source)), ...mapping],
      // An empty value takes back what was said.
      declared: [
        ...this.chosen.declared.filter(({ key }) => !keys.has(key)),
        ...declared.filter(({ value }) => value !== ''),
      ],
    };
  }

  async preview(fixes: readonly Fix[]): Promise<Changes> {
    const answer = await this.#ask({ act: 'preview', fixes });
    if (!('preview' in answer)) throw new Error('no preview');
    return answer.preview;
  }

  /** The repaired file under the name of the original. */
  async repaired(fixes: readonly Fix[], edits: readonly Edit[]): Promise<{ file: File; changes: number }> {
    const answer = await this.#ask({ act: 'repair', fixes, edits });
    if (!('repaired' in answer)) throw new Error('no file');
    const { parts, changes } = answer.repaired;
    return { file: new File([parts], unpackedName(this.file.name), { type: this.file.type }), changes };
  }

  end(): void {
    this.#worker.terminate();
    this.#fail('ended');
  }

  #ask(asked: Asked): Promise<Answer> {
    const number = ++this.#number;
    const order: Order = { ...asked, number, file: this.file, check: this.check, chosen: this.chosen, asOf: this.asOf };
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#worker.postMessage(order);
    });
  }

  #take(answer: Answer): void {
    if ('progress' in answer) {
      this.onProgress(answer.progress);
      return;
    }
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if ('failed' in answer) waiting?.reject(new Error(answer.failed));
    else waiting?.resolve(answer);
  }

  #fail(why: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(why));
    this.#waiting.clear();
  }
}

/** A repaired file is not packed any more. */
function unpackedName(name: string): string {
  return name.replace(/\.(gz|zip)$/i, '');
}
