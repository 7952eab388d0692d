import { z } from 'zod';

/** `POST /api/v1/connections/{id}/token`: an access token, for what cannot go through the proxy. */
export const tokenRequestSchema = z.strictObject({
  ended: z
    .literal(true)
    .optional()
    .describe('The token of `generation` was answered with 401: give a newer one.'),
  generation: z
    .int()
    .min(1)
    .optional()
    .describe('As it came with the token that has ended. Goes with `ended`.'),
});

/** The token itself is in no log and no audit row; that it left is in both. */
export const handedOutTokenSchema = z.strictObject({
  accessToken: z.string(),
  instanceUrl: z.string(),
  apiVersion: z.string().describe('Such as `66.0`.'),
  generation: z.int().describe('Counts the tokens of the connection.'),
  issuedAt: z.iso.datetime().describe('When Salesforce gave it. When it ends only Salesforce knows.'),
});

export type HandedOutToken = z.infer<typeof handedOutTokenSchema>;
