import { money } from '../words/format.ts';

type Props = { sum: { amountMinor: number; currency: string } };

/** A sum in whole units of its currency. */
export function Money({ sum }: Props) {
  return <>{money(sum)}</>;
}
