import { z } from 'zod';

const who = z.strictObject({ id: z.string(), name: z.string() });
const instant = z.iso.datetime();

const grantSchema = z.strictObject({
  kind: z.enum(['connection', 'stray']),
  id: z.string(),
  grantId: z.string(),
  ownerName: z.string().nullable(),
  environmentName: z.string(),
  orgId: z.string().nullable(),
  username: z.string().nullable(),
  scopes: z.array(z.string()).nullable(),
  outcome: z.enum(['confirmed', 'ended', 'unsendable', 'gave_up', 'open']),
  proof: z.enum(['introspection', 'refused_use', 'answer', 'elsewhere']).nullable(),
  error: z.string().nullable(),
  endedAt: instant.nullable(),
  /** When the sealed tokens were deleted here. */
  forgottenAt: instant.nullable(),
  nextTryAt: instant.nullable(),
});

/** What a signed report on a breach holds: the payload of a JWS (RFC 7515) by the key ring's audit key. */
export const reportSchema = z.strictObject({
  statement: z.literal('orgdock breach report'),
  version: z.literal(1),
  /** Origin of the portal that issued it. */
  portal: z.string(),
  issuedAt: instant,
  issuedBy: who,
  breach: z.strictObject({
    id: z.string(),
    scope: z.strictObject({
      kind: z.enum(['all', 'environment', 'person']),
      id: z.string().nullable(),
      name: z.string(),
    }),
    reason: z.string(),
    startedBy: who,
    startedAt: instant,
    finishedAt: instant.nullable(),
    sessions: z.strictObject({ asked: z.boolean(), ended: z.number().int() }),
    /** Null: nobody has said how long backups of the database are kept, or it has not finished. */
    backups: z.strictObject({ keptDays: z.number().int().nullable(), mayHoldUntil: instant.nullable() }),
  }),
  grants: z.array(grantSchema),
  /** The last link of the audit chain when the report was issued. */
  auditChain: z.strictObject({ position: z.number().int(), hash: z.string() }),
  key: z.strictObject({
    kid: z.string(),
    jwk: z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() }),
  }),
});

export type BreachReport = z.infer<typeof reportSchema>;
export type ReportedGrant = BreachReport['grants'][number];
