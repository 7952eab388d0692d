import { AppError } from '@/lib/errors';
import { collectBody } from '@/lib/salesforce/proxy/collect-body';
import { decoded } from '@/lib/salesforce/proxy/decoded';
import type { ProxiedAnswer } from '@/lib/salesforce/proxy/send';

/** Of one answer, packed or not. A page of rows has 2,000 at most. */
const MOST_BYTES = 64 * 1024 * 1024;

/** An answer that is looked into before any of it is given: its bytes, and what they say as JSON; undefined: they are none. */
export async function holdAnswer(answer: ProxiedAnswer): Promise<{ bytes: Buffer; json: unknown }> {
  const bytes = await collectBody(answer.body, MOST_BYTES);
  if (bytes === null) {
    throw new AppError('SALESFORCE_ANSWER_INVALID', 'Salesforce’s answer is larger than 64 MB.', {
      nextStep: 'Ask for fewer fields or fewer rows.',
    });
  }
  if (bytes.length === 0) return { bytes, json: undefined };
  const plain = await decoded(bytes, answer.headers['content-encoding'], MOST_BYTES);
  try {
    return { bytes, json: JSON.parse(plain.toString('utf8')) };
  } catch {
    return { bytes, json: undefined };
  }
}
