import type { Params } from '../types.ts';

/**
 * Thrown by what turns bytes into text or records when the file cannot be read on: damaged, hostile, or not what it says.
 * It is a finding about the file, not a failure of ours: the engine catches it, and what was read before stays judged.
 */
export class Unreadable extends Error {
  /** Id of a READER rule. */
  readonly rule: string;
  readonly params: Params;

  constructor(rule: string, params: Params = {}) {
    super(rule);
    this.name = 'Unreadable';
    this.rule = rule;
    this.params = params;
  }
}
