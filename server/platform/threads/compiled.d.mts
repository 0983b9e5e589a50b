export function importCompiled(entry: URL): Promise<unknown>;
export function compiledOf(entry: URL): Promise<string>;
