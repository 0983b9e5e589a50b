/** What stands on the stretch of a journey that a template draws, beside the template's own words. */
export const journeyTemplates = {
  client: () => 'Client',
  team: () => 'Project managers',
  thirdParty: () => 'Third party',
  system: () => 'Slipway',
};
