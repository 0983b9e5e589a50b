import { parsedAddress } from '../../submissions/validation/address.ts';

/** http or https, and nothing that runs. */
export function isWebAddress(text: string): boolean {
  return /^https?:$/.test(parsedAddress(text)?.protocol ?? '');
}
