import { AppError } from '@/lib/errors';

/** Why an environment takes no consent and no sign-in any more. */
export function environmentDeleted(name: string): AppError {
  return new AppError('ENVIRONMENT_DELETED', `An administrator deleted the environment ${name}.`, {
    nextStep: 'Ask an administrator of this portal if you still need this org.',
  });
}
