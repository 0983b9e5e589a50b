const serializationFailure = '40001';
const deadlockDetected = '40P01';
const foreignKeyViolation = '23503';
const uniqueViolationCode = '23505';

/** The Postgres error code behind an error of the driver, also when drizzle has wrapped it. */
export function postgresCode(error: unknown): string | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return null;
}

/** A transaction met another one on the way in a place that both only keep up: it is right when it runs anew. */
export class Collided extends Error {}

export function retryable(error: unknown): boolean {
  if (error instanceof Collided) return true;
  const code = postgresCode(error);
  // What an act read first was gone by the time that it wrote, such as an account that was merged: run anew, it is told so.
  return code === serializationFailure || code === deadlockDetected || code === foreignKeyViolation;
}

export function uniqueViolation(error: unknown): boolean {
  return postgresCode(error) === uniqueViolationCode;
}

/** True when the database cannot be reached now: the caller may try again later. */
export function unreachable(error: unknown): boolean {
  const code = postgresCode(error);
  return code !== null && (/^(ECONN|EPIPE|ENOENT|CONNECTION_|CONNECT_)/.test(code) || /^(08|57P)/.test(code));
}

/** True when a value given does not fit: a NUL in a text, half a character in a JSON, a number out of range (class 22). */
export function unstorable(error: unknown): boolean {
  return postgresCode(error)?.startsWith('22') ?? false;
}
