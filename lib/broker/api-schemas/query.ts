import { z } from 'zod';

/** `POST /api/v1/connections/{id}/query`: all rows of a query, as a stream. */
export const queryRequestSchema = z.strictObject({
  soql: z
    .string()
    .min(1)
    .max(100_000)
    // Half of a surrogate pair has no place in an address.
    .refine((soql) => !/\p{Cs}/u.test(soql), 'This is no Unicode text.')
    .describe('The query. `FIELDS()` only with `ndjson` or `LIMIT 200`.'),
  format: z
    .enum(['ndjson', 'csv'])
    .default('ndjson')
    .describe('`ndjson`: a JSON object a line; `csv`: RFC 4180, with a line of column names.'),
  defuse: z
    .boolean()
    .default(true)
    .describe('Of CSV: what a spreadsheet would run as a formula begins with an apostrophe.'),
});

export type QueryRequest = z.infer<typeof queryRequestSchema>;
