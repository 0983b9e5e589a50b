import type { Clock } from '../../server/platform/clock.ts';

/** A clock that stands still until a test moves it. Starts at a Tuesday morning in working hours. */
export class FakeClock implements Clock {
  #at: number;

  constructor(start = '2026-03-10T09:00:00.000Z') {
    this.#at = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#at);
  }

  advance(ms: number): void {
    this.#at += ms;
  }

  set(instant: Date | string): void {
    this.#at = new Date(instant).getTime();
  }
}
