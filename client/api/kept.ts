/*
 * What stands on this device of notes whose words could not be sent: a database of the browser for each person, note and
 * epoch. Their names are remembered beside, for browsers that cannot list their databases.
 */
type KeptPlace = { personId: string; noteId: string; epoch: string };

const prefix = 'slipway-note ';
const listKey = 'slipway-kept-notes';

export function keptName({ personId, noteId, epoch }: KeptPlace): string {
  return `${prefix}${personId} ${noteId} ${epoch}`;
}

export function rememberKept(name: string): void {
  writeNames([...new Set([...readNames(), name])]);
}

/** Whatever is kept here, whose ever it is. */
export async function keptPlaces(): Promise<KeptPlace[]> {
  const listed = (await indexedDB.databases?.().catch(() => [])) ?? [];
  const ours = listed.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : []));
  return [...new Set([...readNames(), ...ours])].map((name) => {
    const [personId = '', noteId = '', epoch = ''] = name.slice(prefix.length).split(' ');
    return { personId, noteId, epoch };
  });
}

/** Deletes what is kept, all of it or what `isWanted` names. */
export async function forgetKept(isWanted?: (place: KeptPlace) => boolean): Promise<void> {
  const names = await keptNames(isWanted);
  await Promise.all(names.map(deleted));
  writeNames(readNames().filter((name) => !names.includes(name)));
}

/** The names of what is kept. */
export async function keptNames(isWanted: (place: KeptPlace) => boolean = () => true): Promise<string[]> {
  const listed = (await indexedDB.databases?.().catch(() => [])) ?? [];
  const ours = listed.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : []));
  return [...new Set([...readNames(), ...ours])].filter((name) => {
    const [personId = '', noteId = '', epoch = ''] = name.slice(prefix.length).split(' ');
    return isWanted({ personId, noteId, epoch });
  });
}

/** One that a page still has open goes when that page lets go of it. */
function deleted(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => resolve();
    request.onblocked = () => resolve();
  });
}

function readNames(): string[] {
  try {
    const names: unknown = JSON.parse(localStorage.getItem(listKey) ?? '[]');
    return Array.isArray(names) ? names.filter((name): name is string => String(name).startsWith(prefix)) : [];
  } catch {
    return [];
  }
}

function writeNames(names: readonly string[]): void {
  try {
    if (names.length === 0) localStorage.removeItem(listKey);
    else localStorage.setItem(listKey, JSON.stringify(names));
  } catch {
    // Without a place for the list nothing is lost: each is deleted when its note is left.
  }
}
