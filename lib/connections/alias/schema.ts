import { z } from 'zod';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What programs call a connection by. Never of the form of an id: whoever holds a connection could else take the place
 * of another one in a program that names it by its id.
 */
export const aliasSchema = z
  .string({ error: 'Give an alias.' })
  .trim()
  .regex(/^[a-z0-9-]{3,60}$/, 'Use 3 to 60 small letters, digits and hyphens.')
  .refine((alias) => !UUID.test(alias), 'This has the form of an id. Choose a name.');
