/**
 * The first thing that runs in the page.
 *
 * Invariant: zod is told to compile nothing before any schema exists. What is fetched later shares chunks with what comes
 * first, and a bundler may put those before the entry's own first line: so all the rest is fetched after it.
 */
import './forbid-eval.ts';

await import('./main.tsx');
