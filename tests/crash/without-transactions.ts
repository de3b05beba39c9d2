/** A planted fault, loaded before the desk: every statement commits by itself. */
import Database from 'better-sqlite3';

Object.defineProperty(Database.prototype, 'transaction', {
  value: <Input extends unknown[], Output>(work: (...input: Input) => Output) => {
    const run = (...input: Input): Output => work(...input);
    return Object.assign(run, { default: run, deferred: run, immediate: run, exclusive: run });
  },
});
