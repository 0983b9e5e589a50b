import { FaultMemory } from '../validation/delta.ts';
import type { Delta, Previous } from './order.ts';

/** What a report remembers of itself. */
type Now = { faults: Uint8Array | null; errors: number; warnings: number; isReadable: boolean };

/**
 * How a report stands to the one before. Its numbers are those that the two reports tell, whatever the memories hold:
 * where a memory holds another number (it was written when the same fault of the same id counted once), the faults cannot
 * be told apart, and only the numbers are compared. Of a file that was read in part nothing is said: what was not met is
 * not fixed.
 */
export function deltaOf(previous: Previous | null, { faults, errors, warnings, isReadable }: Now): Delta | null {
  if (!previous?.faults || !faults || !isReadable) return null;
  const [before, after] = [previous.told, errors + warnings];
  const [then, now] = [FaultMemory.fromBytes(previous.faults), FaultMemory.fromBytes(faults)];
  const delta = now.since(then);
  const isWhole = then.total === before && now.total === after;
  if (delta.kind === 'COUNTED' || !isWhole) {
    return { of: previous.of, before, after, fixed: null, new: null, still: null };
  }
  const { fixed, fresh, still } = delta;
  return { of: previous.of, before, after, fixed, new: fresh, still };
}
