import type { SystemContext } from '@/lib/context';

/** Who acts when the command line does. */
export const adminContext: SystemContext = { kind: 'system', reason: 'admin command line', request: null };

/** One command of `npm run admin`. */
export interface AdminCommand {
  name: string;
  /** What follows the name, such as `<person>`; in brackets what may be left out. */
  parameters: string;
  /** One line each, for the help. */
  help: string[];
  /** False: it runs without one, and starts none. */
  needsDatabase?: boolean;
  /**
   * Throws `AppError` for what the operator can mend, `UsageError` for arguments that do not fit, and `NotConfirmedError`.
   */
  run(args: string[]): Promise<void>;
}

/** The arguments of a command do not fit its parameters. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** There was something to confirm, and nobody did: nothing was changed. The command ends with 3. */
export class NotConfirmedError extends Error {
  override readonly name = 'NotConfirmedError';
}

/** The only argument of a command. Throws UsageError when it is missing or not alone. */
export function onlyArgument(args: string[], what: string): string {
  const [value, ...rest] = args;
  if (!value || rest.length > 0) throw new UsageError(`needs one ${what}`);
  return value;
}
