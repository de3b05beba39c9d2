/**
 * Tells zod to compile nothing: the page's policy forbids eval, and even a swallowed attempt is
 * reported as a violation. Imported before everything else, because schemas ask when they are made.
 */
import { z } from 'zod';

z.config({ jitless: true });
