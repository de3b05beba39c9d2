/** More of the same under `--long`: every write a step of its own, five times the random kills. */
export const isLong = process.env['PREMURA_TEST_LONG'] === '1';
