/**
 * Must be imported before any schema is made: zod asks, once per schema, whether it may make code
 * from text, and the page's policy both refuses and reports the question.
 */
import { z } from 'zod';

z.config({ jitless: true });
