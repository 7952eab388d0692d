import { z } from 'zod';
import { parseForm } from '@/lib/form';
import type { AppChoice } from '@/lib/provisioning/app-pack/types';

const schema = z
  .strictObject({
    permittedUsers: z
      .enum(['AllSelfAuthorized', 'AdminApprovedPreAuthorized'], 'Choose one of the two.')
      .default('AllSelfAuthorized'),
    permissionSet: z
      .string()
      .trim()
      .max(80, 'An API name has at most 80 characters.')
      .nullish()
      .transform((name) => name || null),
  })
  .superRefine(({ permittedUsers, permissionSet }, context) => {
    if (permittedUsers === 'AllSelfAuthorized') return;
    if (permissionSet !== null && /^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(permissionSet)) return;
    context.addIssue({
      code: 'custom',
      path: ['permissionSet'],
      message: 'Enter the API name of a permission set of the org, such as Orgdock_User.',
    });
  })
  .transform(
    ({ permittedUsers, permissionSet }): AppChoice => ({
      permittedUsers,
      permissionSet: permittedUsers === 'AllSelfAuthorized' ? null : permissionSet,
    }),
  );

/** Checks what was chosen for a new app. Throws INVALID_INPUT whose `details` hold one message per field. */
export function parseAppChoice(input: unknown): AppChoice {
  return parseForm(schema, input, 'The app was not prepared');
}
