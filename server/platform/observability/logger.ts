import { type Logger, pino } from 'pino';

/** JSON lines on stderr: stdout is for what a person at the terminal reads. */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: undefined,
      redact: ['req.headers.cookie', 'req.headers.authorization', '*.token', '*.password', '*.secret'],
    },
    pino.destination({ fd: 2, sync: true }),
  );
}
