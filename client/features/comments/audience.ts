/** Who reads a comment: everybody on the task, or only the staff of the company. */
export type Audience = 'SHARED' | 'INTERNAL';
