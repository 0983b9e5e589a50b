/** The longest comment, in UTF-16 units as browsers count them. Told to the client as `Viewer.maxCommentCharacters`. */
export const maxCommentCharacters = 20_000;
