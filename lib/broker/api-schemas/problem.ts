import { z } from 'zod';

/** How `/api/v1` answers errors (RFC 9457): as application/problem+json. */
export const problemSchema = z.strictObject({
  type: z.string().describe('Where the reference tells what the code means.'),
  title: z.string().describe('The same for every problem of a code.'),
  status: z.int(),
  detail: z.string().describe('What is wrong with this call.'),
  instance: z.string().describe('`urn:uuid:` and the id of the request, as in the log.'),
  code: z.string().describe('Switch on this, never on the words.'),
  nextStep: z.string().nullable().describe('What can be done now.'),
  rule: z.string().optional().describe('Of POLICY_REFUSED: the rule of the key’s policy.'),
  salesforce: z
    .strictObject({
      error: z.string(),
      description: z.string().nullable(),
      status: z.int().nullable(),
    })
    .optional()
    .describe('Salesforce’s own words, where it has said something.'),
});

/** How Orgdock answers its own errors below `/services`, so that Salesforce’s clients understand them. */
export const salesforceErrorSchema = z.array(
  z.looseObject({
    errorCode: z.string().describe('`ORGDOCK_` and the code, or Salesforce’s own.'),
    message: z.string(),
  }),
);
