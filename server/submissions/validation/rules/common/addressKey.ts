import { type Cell, cellOf, Has } from '../../cell.ts';
import { withPlainDomain } from './emails.ts';
import { Print } from './printTable.ts';
import { firstOf, lastOf } from './window.ts';

/**
 * By what two rows are the same person: the address without blanks around it and in small letters (for comparing alone:
 * what stands before the @ may differ by case in theory and never does), its domain as A-labels.
 */
export class AddressKey {
  readonly #print = new Print();
  readonly #window = cellOf('');

  get low(): number {
    return this.#print.low;
  }
  get high(): number {
    return this.#print.high;
  }

  of(cell: Cell): void {
    const plain = (cell.flags & Has.nonAscii) === 0 ? null : withPlainDomain(cell.text());
    if (plain !== null) this.ofText(plain);
    else {
      this.#window.set(cell.bytes, firstOf(cell), lastOf(cell), cell.flags);
      this.#print.clear().addFolded(this.#window);
    }
  }

  ofText(text: string): void {
    this.#print.clear().addFolded(cellOf(text));
  }
}
