import type { Page } from 'playwright-core';

export type Stop = { name: string; role: string; isVisible: boolean; hasRing: boolean };

/** Puts the focus where it is on a page just opened: the next Tab goes to the first stop. */
export async function toStartOfPage(page: Page): Promise<void> {
  await page.evaluate(() => {
    // Behind an open dialog nothing takes the focus: its own start is where one is.
    const start = [...document.querySelectorAll<HTMLElement>('dialog:modal')].at(-1) ?? document.body;
    start.tabIndex = -1;
    start.focus();
    start.removeAttribute('tabindex');
  });
}

/** Walks through the page by Tab from its start and tells where it stopped, until it comes round or `most` is reached. */
export async function tabStops(page: Page, most = 200): Promise<Stop[]> {
  await toStartOfPage(page);
  await page.evaluate(noteStops, most);
  // The page notes each stop itself: to ask it after every key costs more than the key. Keys too many lead nowhere.
  for (let keys = 0; keys < 4 * most; keys += 10) {
    for (let key = 0; key < 10; key++) await page.keyboard.press('Tab');
    const stops = await page.evaluate(() => (Reflect.get(window, 'stopsOfRound') as () => Stop[] | null)());
    if (stops !== null) return stops;
  }
  throw new Error(`${4 * most} presses of Tab did not come round.`);
}

/** Runs in the page: notes what has the focus whenever Tab is let go, and from the end of the round holds it there. */
function noteStops(most: number): void {
  const stops: Stop[] = [];
  let isRound = false;
  const walk = new AbortController();
  const options = { capture: true, signal: walk.signal };
  addEventListener('keydown', (event) => isRound && event.preventDefault(), options);
  addEventListener('keyup', note, options);
  // A frame that takes the focus takes the keys along: the page only learns that it has them no more, and draws then.
  const noteFrame = () => document.activeElement?.matches('iframe') && note();
  addEventListener('blur', ({ target }) => target === window && setTimeout(noteFrame), options);
  Reflect.set(window, 'stopsOfRound', () => {
    if (!isRound) return null;
    walk.abort();
    // Behind a frame the round ends at the first stop of the page, not outside of it: what shows with the focus goes again.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    return stops;
  });

  function note(): void {
    if (isRound) return;
    const stop = describeFocus();
    if (stop !== null && stop !== 'same') stops.push(stop);
    isRound = stop === null || stops.length === most;
  }

  /**
   * Null when nothing is focused any more, or what is was met before: the round is over. A field of a date and a frame
   * have stops of their own within: they stay `same`.
   */
  function describeFocus(): Stop | 'same' | null {
    const element = document.activeElement;
    // On its way into a frame, or out of it, the focus is for a moment nowhere; keys that are quicker than that find the
    // next stop first, and the frame a second time. With a frame it is the first stop met again that ends the round.
    const isNowhere = !(element instanceof HTMLElement) || element === document.body;
    if (isNowhere) return document.querySelector('iframe') ? 'same' : null;
    if (element.matches('iframe') && element.dataset.tabSeen === 'yes') return 'same';
    const isLast = element.dataset.tabLast === 'yes';
    if (isLast && element.matches('input[type="date"], input[type="time"], input[type="datetime-local"], iframe'))
      return 'same';
    // A frame takes the focus when it comes to it: until then, what stands before it has it still.
    if (isLast && document.querySelector('iframe')) return 'same';
    if (element.dataset.tabSeen === 'yes') return null;
    for (const last of document.querySelectorAll<HTMLElement>('[data-tab-last]')) delete last.dataset.tabLast;
    element.dataset.tabSeen = 'yes';
    element.dataset.tabLast = 'yes';
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const named = (element.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .flatMap((id) => document.getElementById(id) ?? []);
    const spoken = [...named, ...labels].map((one) => one.innerText).join(' ');
    const hasBox = (at: HTMLElement) => at.offsetWidth > 1 && at.offsetHeight > 1 && at.checkVisibility();
    const isDrawn = ({ outlineStyle, outlineWidth, boxShadow }: CSSStyleDeclaration) =>
      (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    // A link that reaches over a row draws the ring around all of it.
    const hasRing = (at: Element) => isDrawn(getComputedStyle(at)) || isDrawn(getComputedStyle(at, '::after'));
    // A field may be drawn by its label, and a composite may draw the ring around the part that has the focus.
    const drawnBy = [
      element,
      ...labels,
      element.parentElement,
      element.parentElement?.parentElement,
      element.nextElementSibling,
    ];
    return {
      name: (element.getAttribute('aria-label') ?? (spoken || element.innerText)).trim().slice(0, 80),
      role: element.getAttribute('role') ?? element.tagName.toLowerCase(),
      isVisible: [element, ...labels].some(hasBox),
      // In an editor the caret itself says where the focus is.
      hasRing: element.isContentEditable || drawnBy.some((at) => at && hasRing(at)),
    };
  }
}

/** What can be used and was not stopped at by `tabStops`, which marks what it met. Call it right after. */
export function unreached(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const usable = 'a[href], button, input, textarea, select, [tabindex="0"], [contenteditable="true"]';
    const isShown = (element: HTMLElement) =>
      element.checkVisibility({ visibilityProperty: true }) && element.offsetWidth > 1;
    // Of a group of radio buttons or tabs only one is a stop; the arrows reach the others.
    const isOfGroup = (element: HTMLElement) =>
      element.tabIndex < 0 || element.matches('input[type="radio"]') || element.closest('[inert]') !== null;
    // What lies behind an open dialog cannot be used.
    const within = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document;
    return [...within.querySelectorAll<HTMLElement>(usable)]
      .filter((element) => !element.matches(':disabled') && isShown(element) && !isOfGroup(element))
      .filter((element) => element.dataset.tabSeen !== 'yes')
      .map((element) => `${element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? element.innerText}`);
  });
}
