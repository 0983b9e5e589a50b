/** The longest comment, in Unicode characters. Told to the client as `Viewer.maxCommentCharacters`. */
export const maxCommentCharacters = 20_000;
