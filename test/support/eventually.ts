/** Tries until `check` neither throws nor answers false, and answers what it answered. The last failure is the one told. */
export async function eventually<T>(check: () => T | Promise<T>, ms = 15_000): Promise<Exclude<T, false>> {
  const deadline = Date.now() + ms;
  for (;;) {
    try {
      const value = await check();
      if (value !== false) return value as Exclude<T, false>;
      throw new Error('still false');
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`Not so after ${ms} ms: ${String(error)}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
