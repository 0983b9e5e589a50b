type Params = Record<string, string | number>;

/** What keeps the file of a template from being taken in. */
export const templateFile = {
  noJson: (params: Params) => `This is no whole JSON file: it cannot be read from ${params.place} on.`,
  line: (params: Params) => `line ${params.line}`,
  notOurs: () => 'This is no file of a template. Choose one that was exported from Slipway.',
  otherFormat: (params: Params) =>
    `This file is of another format than ${params.known}, which is the one known here. Export it anew from a Slipway of this version.`,
  unknownPart: (params: Params) => `A template has no part “${params.name}”.`,
  unkept: () => 'A text holds a character that cannot be kept. Take it out and try again.',
  wholePlace: () => 'the template',
  at: ({ place, message }: { place: string; message: string }) =>
    `${place.charAt(0).toUpperCase()}${place.slice(1)}: ${message}`,
};
