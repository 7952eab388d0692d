import { randomBytes } from 'node:crypto';
import { open, seal } from '@/lib/vault/seal';

/** `whsec_` and 32 random bytes in base64 (Standard Webhooks, "Symmetric"). */
export function makeWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

type Column = 'secret' | 'previous_secret';

function placeOf(column: Column, endpointId: string) {
  return { table: 'webhook_secrets', column, rowId: endpointId } as const;
}

/** Seals a signing secret for its column. */
export function sealWebhookSecret(secret: string, endpointId: string, column: Column): Promise<string> {
  return seal(secret, placeOf(column, endpointId));
}

/** Opens a signing secret. Throws VAULT_… as `open` does. */
export function openWebhookSecret(sealed: string, endpointId: string, column: Column): Promise<string> {
  return open(sealed, placeOf(column, endpointId));
}
