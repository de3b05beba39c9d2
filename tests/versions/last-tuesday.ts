/**
 * When it is for the golden stores: a Tuesday morning that is past, so that people may be called and no clock of a later test
 * is behind theirs. Imported first: it sets what the processes inherit.
 */
import '../support/test-clock.ts';
import { shiftSystemClock } from '../../shared/time.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
const NAME = 'PREMURA_TEST_CLOCK_SHIFT_MS';

const span = Number(process.env[NAME]) - WEEK_MS;
process.env[NAME] = String(span);
shiftSystemClock(span);
