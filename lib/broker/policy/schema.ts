import { z } from 'zod';
import { isOpenForTokens } from '@/lib/broker/policy/decide';
import { isAddressRange } from '@/lib/broker/policy/decide/is-within';
import { API_FAMILIES, type KeyPolicy, OPERATIONS } from '@/lib/broker/types';
import { readingHours } from '@/lib/environments/fields/reading-hours';

const apiName = z
  .string()
  .trim()
  .regex(/^[A-Za-z]\w{0,79}$/, 'An API name, such as Account or Region__c.');
const count = z.int('A whole number.').min(1, 'At least 1.').max(1_000_000_000, 'At most 1,000,000,000.');

const objectRule = z.strictObject({
  name: apiName,
  fields: z.array(apiName).max(800, 'At most 800 fields.').nullable(),
});

/** Reads a policy as pages and the API send it. What its parts say against each other is refused here. */
export const keyPolicySchema = z
  .strictObject({
    access: z.enum(['named_queries', 'read', 'write']),
    environments: z.array(z.uuid()).max(200).nullable(),
    connections: z.array(z.uuid()).max(500).nullable(),
    operations: z.array(z.enum(OPERATIONS)),
    objects: z.array(objectRule).max(300, 'At most 300 objects.').nullable(),
    namedQueries: z.array(z.string().trim().min(1).max(80)).max(300).nullable(),
    families: z.array(z.enum(API_FAMILIES)),
    rowsPerCall: count.nullable(),
    rowsPerDay: count.nullable(),
    callsPerDay: count.nullable(),
    hours: readingHours,
    addresses: z
      .array(z.string().trim().refine(isAddressRange, 'An address or a range such as 192.0.2.0/24.'))
      .min(1, 'At least one address, or no limit.')
      .max(100)
      .nullable(),
    rawToken: z.boolean(),
  })
  .superRefine((policy, context) => {
    const fault = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    const names = (policy.objects ?? []).map(({ name }) => name.toLowerCase());
    if (new Set(names).size < names.length) fault('objects', 'Each object once.');
    if (policy.objects && policy.families.length > 0) {
      fault(
        'families',
        'Nobody can look into these parts of the API: name them only without a limit of objects.',
      );
    }
    if (policy.rawToken && !isOpenForTokens(policy)) {
      fault(
        'rawToken',
        'A raw token may do all that its user may: hand it out only with write access to every object, and every operation.',
      );
    }
    if (policy.access === 'named_queries' && policy.families.length > 0) {
      fault('families', 'A key for named queries only calls nothing else.');
    }
  }) satisfies z.ZodType<KeyPolicy>;

/** A policy that allows nothing: what a form begins with. */
export const emptyPolicy: KeyPolicy = {
  access: 'read',
  environments: [],
  connections: [],
  operations: [],
  objects: [],
  namedQueries: [],
  families: [],
  rowsPerCall: null,
  rowsPerDay: null,
  callsPerDay: null,
  hours: null,
  addresses: null,
  rawToken: false,
};
