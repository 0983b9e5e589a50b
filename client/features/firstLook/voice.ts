/** Whose words the first look is told in: the client's, or those of the company about the client. */
export function voiceOf(isStaff: boolean): 'card' | 'staff' {
  return isStaff ? 'staff' : 'card';
}
