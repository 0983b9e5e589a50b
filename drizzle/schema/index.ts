export * from './accounts.ts';
export * from './conversation.ts';
export * from './log.ts';
export * from './plan.ts';
export * from './projects.ts';
export * from './submissions.ts';
export * from './tasks.ts';
export * from './views.ts';
