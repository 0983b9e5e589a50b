import type { Audience } from '../access/viewer.ts';
import type { Services } from '../platform/services.ts';

/**
 * Signals between those who have a conversation open, on any node; nothing is stored:
 *   typing   somebody writes a comment of an audience; good for 6 seconds
 *   stopped  they sent it, or left off
 *   read     somebody has read on: told to staff when it is somebody of the client, and to their own other devices
 */
export type TalkSignal =
  | { kind: 'typing' | 'stopped'; personId: string; audience: Audience }
  | { kind: 'read'; personId: string; isOfClient: boolean };

export function talkSignal({ bus }: Pick<Services, 'bus'>, taskId: string, signal: TalkSignal): void {
  bus.signal(`talk:${taskId}`, signal);
}
