/**
 * Set by the build, never at run time: true only where the runtime's SQLite has no cipher, so
 * that a release build contains no path without one. Source run directly has no such constant:
 * ask `typeof __TEST_RUNTIME__ !== 'undefined' && __TEST_RUNTIME__`.
 */
declare const __TEST_RUNTIME__: boolean;

/** Set by the build: false in a release build, whose clock nobody sets off. Undefined where source runs directly. See `shared/time.ts`. */
declare const __TEST_CLOCK__: boolean;
