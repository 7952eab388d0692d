import type { BrokerCall } from '@/lib/broker/call/types';
import type { Understood } from '@/lib/broker/policy/types';
import { holdAnswer } from '@/lib/broker/proxy/answers/held-answer';
import { lookIntoRows } from '@/lib/broker/proxy/answers/look-into-rows';
import { passOn } from '@/lib/broker/proxy/answers/pass-on';
import { rememberLocators } from '@/lib/broker/proxy/locators';
import type { ReadableConnection } from '@/lib/connections/types';
import { answerInvalid } from '@/lib/salesforce/client';
import type { ProxiedAnswer } from '@/lib/salesforce/proxy/send';

/**
 * An answer with records, of which none is given before the policy has let all of them pass. Its bytes stay as they came.
 * Throws POLICY_REFUSED (rows_per_call, rows_per_day), SALESFORCE_ANSWER_INVALID.
 */
export async function answerRead(
  call: BrokerCall,
  connection: ReadableConnection,
  what: Understood,
  answer: ProxiedAnswer,
): Promise<Response> {
  const { bytes, json } = await holdAnswer(answer);
  if (json === undefined) throw answerInvalid();
  await spendGiven(call, connection, what, json);
  return passOn(answer, bytes);
}

/** Counts the records of an answer, and remembers of its lists that this key was given them. */
export async function spendGiven(
  call: BrokerCall,
  connection: ReadableConnection,
  { touches }: Understood,
  json: unknown,
): Promise<void> {
  const { rows, locators } = lookIntoRows(json);
  await call.spendRows(rows);
  await rememberLocators(call, connection, { locators, touches });
}
