import { z } from 'zod';
import { withActor } from '@/db/client';
import type { PersonContext } from '@/lib/context';
import { clientId, consumerSecret } from '@/lib/environments/fields/app';
import { assertAdmin } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';
import { parseForm } from '@/lib/form';
import { requireAppEnvironment } from '@/lib/provisioning/app-pack/queries';
import { storeAppCredentials } from '@/lib/provisioning/deployment/store-credentials';
import { forgetWaitingKey } from '@/lib/provisioning/deployment/waiting-key';

const schema = z.strictObject({ clientId, consumerSecret });

/**
 * Takes key and secret of an app as an administrator copied them from Setup; a draft that is complete with them becomes
 * active. Throws FORBIDDEN, NOT_FOUND, INVALID_INPUT.
 */
export async function enterAppCredentials(
  ctx: PersonContext,
  { slug, form }: { slug: string; form: unknown },
): Promise<void> {
  assertAdmin(ctx);
  const entered = parseForm(schema, form, 'Key and secret were not stored');
  const environment = await requireAppEnvironment(ctx, slug);
  if (environment.clientType === 'public' && entered.consumerSecret !== null) {
    throw new AppError('INVALID_INPUT', 'This environment is a public client, which has no secret.', {
      details: { consumerSecret: 'Leave this empty, or change the client type under Settings.' },
      nextStep: 'Leave the secret empty.',
    });
  }
  const given = {
    environmentId: environment.id,
    clientId: entered.clientId,
    secret: entered.consumerSecret,
    from: 'typed' as const,
  };
  const stored = await withActor(ctx, async (tx) => {
    if (!(await storeAppCredentials(tx, ctx, given))) return false;
    await forgetWaitingKey(tx, environment.id);
    return true;
  });
  if (stored) return;
  const message = 'Enter the secret of this key, too: the stored one belongs to the key before.';
  throw new AppError('INVALID_INPUT', 'Key and secret were not stored: some fields need another look.', {
    details: { consumerSecret: message },
    nextStep: message,
  });
}
