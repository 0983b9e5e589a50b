import { useAskedAgain } from '../../components/useAskedAgain.ts';

/** Asks for a plan again when its project's log has moved. */
export function useFresh(position: number, refetch: () => Promise<unknown>): void {
  useAskedAgain(position, refetch, 5_000);
}
