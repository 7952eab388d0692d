import { z } from 'zod';
import { newConnectLinkSchema } from '@/lib/consent/links/schema';

/** Body of `POST /api/v1/connect-links`. */
export const createConnectLinkBody = newConnectLinkSchema;

const instant = z.iso.datetime();

/** Its answer, with status 201. The address is shown this once. */
export const createdConnectLink = z.strictObject({ id: z.uuid(), url: z.url(), expiresAt: instant });
export type CreatedConnectLink = z.infer<typeof createdConnectLink>;

/** Answer of `GET /api/v1/connect-links/{id}`. */
export const connectLinkAnswer = z.strictObject({
  id: z.uuid(),
  state: z.enum(['open', 'used', 'withdrawn', 'expired']),
  /** Slug. */
  environment: z.string(),
  purpose: z.string(),
  createdAt: instant,
  expiresAt: instant,
  /** When a browser went on to Salesforce with it. */
  openedAt: instant.nullable(),
  usedAt: instant.nullable(),
  /** Once it was used, and for as long as the connection is there. */
  connection: z.strictObject({ id: z.uuid(), alias: z.string().nullable() }).nullable(),
});
export type ConnectLinkAnswer = z.infer<typeof connectLinkAnswer>;
