import { AppError } from '@/lib/errors';

/** Somebody who was deactivated opens no session and holds no grant. */
export function personDeactivated(): AppError {
  return new AppError('PERSON_DEACTIVATED', 'You were deactivated in this portal.', {
    nextStep: 'Ask an administrator of this portal.',
  });
}
