'use server';

import { exchangeCodeByHand } from '@/lib/provisioning/exchange-by-hand/commands';
import { parseExchangeForm } from '@/lib/provisioning/exchange-by-hand/schema';
import type { ExchangedByHand } from '@/lib/salesforce/types';
import { type ActionResult, personAction } from '@/lib/session/action';
import { requireFresh } from '@/lib/session/context';

/** Exchanges a code by hand and answers with what Salesforce sent, tokens masked. Nothing is kept. */
export async function exchangeCodeAction(
  slug: string,
  form: FormData,
): Promise<ActionResult<ExchangedByHand>> {
  return personAction({ role: 'admin' }, (ctx) => {
    const input = Object.fromEntries(form);
    // Wrong input is said first: nobody should prove who they are for a form that cannot be sent.
    parseExchangeForm(input);
    requireFresh(ctx);
    return exchangeCodeByHand(ctx, { slug: String(slug), form: input });
  });
}
