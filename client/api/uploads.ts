import { type DetailedError, Upload } from 'tus-js-client';

/**
 * Why an upload stopped. All but GONE and CHANGED can be gone on with: the bytes that arrived are kept for a day. CHANGED:
 * the file on the person's own disk is another than when it was chosen, and bytes of two files must never be joined.
 */
export type UploadFailure = 'OFFLINE' | 'GONE' | 'TOO_LARGE' | 'DISK_FULL' | 'FAILED' | 'CHANGED';

type Listeners = {
  onProgress: (sentBytes: number) => void;
  /** The connection was lost; the upload tries again by itself until `onFailed`. */
  onWaiting: () => void;
  onDone: () => void;
  onFailed: (failure: UploadFailure) => void;
};

export type RunningUpload = { stop(): void };

/** The one rule of trying again: about a minute and a half in all, then the person is asked. */
const retryDelays = [500, 1_000, 3_000, 5_000, 10_000, 15_000, 20_000, 30_000];

/** One request per 32 MB: each is authorised anew, and a proxy that keeps whole bodies keeps little. */
const chunkSize = 32_000_000;

/** How much of the end of what arrived is compared; the server's number. */
const tailBytes = 262_144;

const headers = { 'x-slipway-csrf': '1' };

/** Sends a file to the place made for it, from wherever the server has got to. */
export function sendFile(file: File, uploadUrl: string, listeners: Listeners): RunningUpload {
  let isOver = false;
  const fail = (failure: UploadFailure) => {
    if (!isOver) listeners.onFailed(failure);
    isOver = true;
  };
  const upload = new Upload(file, {
    uploadUrl,
    chunkSize,
    retryDelays,
    headers,
    storeFingerprintForResuming: false,
    onProgress: listeners.onProgress,
    onSuccess: listeners.onDone,
    onError: (error) => void isChanged(file).then((is) => fail(is ? 'CHANGED' : failureOf(error))),
    onShouldRetry: (error) => {
      // The browser does not say that it may not read the file any more; it looks like a lost connection.
      void isChanged(file).then(async (is) => {
        if (!is) return;
        await upload.abort();
        fail('CHANGED');
      });
      const isWorthIt = isPassing(statusOf(error));
      if (isWorthIt) listeners.onWaiting();
      return isWorthIt;
    },
  });
  upload.start();
  return {
    stop: () => {
      isOver = true;
      void upload.abort();
    },
  };
}

/** A browser lets a page read a file only as it was when it was chosen. */
async function isChanged(file: File): Promise<boolean> {
  return file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => false,
      () => true,
    );
}

const changedKey = (uploadUrl: string) => `slipway-upload ${new URL(uploadUrl, location.href).pathname}`;

/** Remembers when the file of an upload was last changed, for when the page is opened anew. */
export function rememberChanged(uploadUrl: string, file: File): void {
  try {
    localStorage.setItem(changedKey(uploadUrl), String(file.lastModified));
  } catch {
    // Without room in the browser the size and the name have to do.
  }
}

/** Whether a file was changed since an upload was begun with it; false when that is not known here. */
export function wasChanged(uploadUrl: string, file: File): boolean {
  const before = localStorage.getItem(changedKey(uploadUrl));
  return before !== null && before !== String(file.lastModified);
}

export function forgetChanged(uploadUrl: string): void {
  localStorage.removeItem(changedKey(uploadUrl));
}

/** How many bytes of an unfinished upload the server holds; null when it cannot be asked, 'GONE' when there is none. */
export async function receivedBytes(uploadUrl: string): Promise<number | 'GONE' | null> {
  const response = await fetch(uploadUrl, { method: 'HEAD', headers: tusHeaders }).catch(() => null);
  if (response?.status === 404) return 'GONE';
  const offset = response?.ok ? response.headers.get('upload-offset') : null;
  return offset === null || offset === undefined ? null : Number(offset);
}

/**
 * Whether a file may be the one that an upload was begun with, by the last bytes that arrived of it; true where that
 * cannot be told. A browser hashes nothing for a page that did not come by https.
 */
export async function isContinued(uploadUrl: string, file: File): Promise<boolean> {
  const response = await fetch(uploadUrl, { method: 'HEAD', headers: tusHeaders }).catch(() => null);
  const [end = '', sha256] = response?.headers.get('upload-tail')?.split(' ') ?? [];
  if (!sha256 || !globalThis.crypto.subtle) return true;
  const at = Number(end);
  const bytes = await file.slice(Math.max(0, at - tailBytes), at).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return sha256 === [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Gives an unfinished upload up: what arrived is removed. False: the server could not be reached. */
export async function giveUpUpload(uploadUrl: string): Promise<boolean> {
  const response = await fetch(uploadUrl, { method: 'DELETE', headers: tusHeaders }).catch(() => null);
  return response !== null && (response.ok || response.status === 404);
}

const tusHeaders = { ...headers, 'tus-resumable': '1.0.0' };

function statusOf(error: Error | DetailedError): number {
  return 'originalResponse' in error ? (error.originalResponse?.getStatus() ?? 0) : 0;
}

/** No answer at all, a place that is busy, or a server that is away for a moment. */
function isPassing(status: number): boolean {
  return status === 0 || status === 409 || status === 423 || status === 429 || (status >= 500 && status !== 507);
}

function failureOf(error: Error | DetailedError): UploadFailure {
  const status = statusOf(error);
  if (status === 0 || status >= 502) return status === 507 ? 'DISK_FULL' : 'OFFLINE';
  if (status === 404 || status === 410) return 'GONE';
  return status === 413 ? 'TOO_LARGE' : 'FAILED';
}
