/** What people import: `types/fedverify.d.ts` describes it. */
export * from './internal.js';
