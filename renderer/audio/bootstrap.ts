/** The hidden page of the sound; see `renderer/app/bootstrap.ts` for why the rest is fetched later. */
import '../app/forbid-eval.ts';

await import('./main.ts');
