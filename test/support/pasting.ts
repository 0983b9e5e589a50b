import type { Locator } from 'playwright-core';
import { drawn } from './browser.ts';

/**
 * Pastes as another program would have put it on the clipboard: texts by their media type. Once the editor was told
 * where the caret went: no hand is as quick as the browser's telling.
 */
export async function pasteInto(editor: Locator, given: Record<string, string>): Promise<void> {
  await drawn(editor.page());
  await editor.evaluate((element, parts) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(parts)) clipboardData.setData(type, text);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, given);
}
