/**
 * Loaded before the hub: it dies by SIGKILL inside the third batch of an import, when its invoices are inserted and nothing has said so yet.
 * With `PREMURA_PLANT=half` a fault is planted: what stands is committed before it dies, as if a batch were several transactions.
 */
import Database from 'better-sqlite3';

const DIE_IN_BATCH = 3;
const prepare = Database.prototype.prepare;
let batches = 0;

Object.defineProperty(Database.prototype, 'prepare', {
  value(this: Database.Database, text: string) {
    const statement = prepare.call(this, text) as Database.Statement;
    if (!text.startsWith('insert into "invoices"')) return statement;
    const dieWhenDue = <Answer>(answer: Answer): Answer => {
      batches += 1;
      if (batches < DIE_IN_BATCH) return answer;
      if (process.env['PREMURA_PLANT'] === 'half') this.exec('COMMIT');
      process.kill(process.pid, 'SIGKILL');
      return answer;
    };
    const all = statement.all.bind(statement);
    const run = statement.run.bind(statement);
    return Object.assign(statement, {
      all: (...values: unknown[]) => dieWhenDue(all(...values)),
      run: (...values: unknown[]) => dieWhenDue(run(...values)),
    });
  },
});
