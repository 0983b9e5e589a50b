/** Inputs that are pressed or ticked take no letters. */
const field = `input:not([type=radio], [type=checkbox], [type=button], [type=submit], [type=file], [type=range])`;

/** Whether keys go into a field now, where they write and command nothing. */
export function isTyping(): boolean {
  return document.activeElement?.matches(`${field}, textarea, select, [contenteditable="true"]`) ?? false;
}
