const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** The ids that could exist. Others are simply not found: Postgres would refuse the whole statement for them. */
export function uuids(ids: readonly string[]): string[] {
  return ids.filter(isUuid);
}
