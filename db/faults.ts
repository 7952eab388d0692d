import { AppError } from '@/lib/errors';

/** Classes and codes of SQLSTATE that mean "the server is not there", not "the statement is wrong". */
const AWAY_SQLSTATE = /^(08|57P0[1-35]|58|53300)/;

/** character_not_in_repertoire: a NUL in a text, which no form of ours sends. */
const UNSTORABLE = '22021';

/** invalid_sql_statement_name: a pooler in transaction mode gave the transaction another session. */
const NO_SUCH_STATEMENT = '26000';

/** What Node says when there is no connection. */
const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

/** What node-postgres says, without a code, when a connection is gone or cannot be had. */
const AWAY_WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client (has encountered a connection error|was closed)|Cannot use a pool after calling end)/;

/** The database's own error below Drizzle's wrapper, whose message repeats every parameter. */
export function databaseFault(error: unknown): unknown {
  return isQueryError(error) ? (error.cause ?? new Error('The query failed.')) : error;
}

/** A `DrizzleQueryError` by its shape: the process shares one database, and each of Next's bundles has a class of its own. */
function isQueryError(error: unknown): error is Error {
  return error instanceof Error && 'query' in error && 'params' in error;
}

/** SQLSTATE of a PostgreSQL error, or the code of a connection error; null for everything else. */
export function databaseCode(error: unknown): string | null {
  const fault = databaseFault(error);
  if (!(fault instanceof Error) || !('code' in fault)) return null;
  return typeof fault.code === 'string' ? fault.code : null;
}

/** Whether the database refused a row because another has the same key; `constraint` narrows it. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (databaseCode(error) !== '23505') return false;
  const fault = databaseFault(error) as { constraint?: string };
  return constraint === undefined || fault.constraint === constraint;
}

/** Whether an error says that the database could not be reached or went away. */
export function isDatabaseAway(error: unknown): boolean {
  const code = databaseCode(error);
  if (code !== null) return AWAY_CODES.has(code) || AWAY_SQLSTATE.test(code);
  const fault = databaseFault(error);
  return fault instanceof Error && AWAY_WORDS.test(fault.message);
}

/**
 * Runs database work and makes its errors safe to log: without parameters, and with one code for
 * "the database is away". After UNAVAILABLE the work may or may not have been committed.
 */
export async function runGuarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const fault = databaseFault(error);
    // PostgreSQL's detail repeats the row that it refused.
    if (fault instanceof Error && 'detail' in fault) delete fault.detail;
    if (databaseCode(fault) === UNSTORABLE) throw unstorable();
    if (databaseCode(fault) === NO_SUCH_STATEMENT) throw poolerInBetween(fault);
    if (!isDatabaseAway(fault)) throw fault;
    throw new AppError('UNAVAILABLE', 'The database does not answer.', {
      nextStep: 'Try again in a moment. If it goes on, the operator should look at the database.',
      cause: fault,
    });
  }
}

function unstorable(): AppError {
  return new AppError('INVALID_INPUT', 'The input holds a character that cannot be stored.', {
    nextStep: 'Remove invisible characters and try again.',
  });
}

function poolerInBetween(cause: unknown): AppError {
  return new AppError('MISCONFIGURED', 'The database does not know a statement that was prepared on it.', {
    nextStep: 'Set DATABASE_PREPARE=false: between Orgdock and the database is a pooler in transaction mode.',
    cause,
  });
}
