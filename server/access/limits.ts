/** The longest comment, in Unicode characters. Told to the client as `Viewer.maxCommentCharacters`. */
export const maxCommentCharacters = 20_000;
/** The most files on one comment. Told to the client as `Viewer.maxCommentFiles`. */
export const maxCommentFiles = 10;
