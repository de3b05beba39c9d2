/**
 * The negative control: loaded before the product's own entry, it turns every `synchronous = FULL` of this process
 * into NORMAL, which syncs at checkpoints only. Nothing else differs.
 */
import Database from 'better-sqlite3';

const original: (this: Database.Database, ...args: Parameters<Database.Database['pragma']>) => unknown = Database.prototype.pragma;

Database.prototype.pragma = function (this: Database.Database, source, options): unknown {
  const text = source === 'synchronous = FULL' ? 'synchronous = NORMAL' : source;
  return options === undefined ? original.call(this, text) : original.call(this, text, options);
};
