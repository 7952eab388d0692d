import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';

/** Refuses whoever may not read the audit log. Throws FORBIDDEN. */
export function assertReader({ role }: PersonContext): void {
  if (role === 'admin' || role === 'auditor') return;
  throw new AppError('FORBIDDEN', 'Only administrators and auditors read the audit log.', {
    nextStep: 'Ask an administrator of this portal.',
  });
}
