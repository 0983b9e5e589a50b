/** The longest comment, in Unicode characters. Told to the client as `Viewer.maxCommentCharacters`. */
export const maxCommentCharacters = 20_000;
/** The longest Markdown that a note takes, and gives, at once. */
export const maxNoteMarkdown = { write: 100_000, read: 1_000_000 } as const;
/** How many items of an inbox are marked at once by their ids. */
export const maxInboxIds = 100;
/** The most files on one comment. Told to the client as `Viewer.maxCommentFiles`. */
export const maxCommentFiles = 10;
