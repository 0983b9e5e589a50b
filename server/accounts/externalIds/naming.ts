/** What another system calls an account. */
export type ExternalId = { system: string; externalId: string };

/** Of a system's short name, as it is kept: salesforce, hubspot, shop-db.eu. */
export const systemPattern = /^[a-z0-9][a-z0-9._-]{0,39}$/;

/** "Salesforce" and "salesforce " are one system; its ids are kept as they were given, since some tell capitals apart. */
export function normalSystem(system: string): string {
  return system.trim().toLowerCase();
}

/** What is not seen came along by copying: two ids that read the same are the same. */
export function normalExternalId(externalId: string): string {
  return externalId.replace(/[\p{Cc}\p{Cf}]/gu, '').trim();
}
