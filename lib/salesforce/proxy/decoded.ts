import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { AppError } from '@/lib/errors';

const CODINGS = { gzip: promisify(gunzip), deflate: promisify(inflate) };

/**
 * The plain bytes of an answer's body, at most `limit`, for what has to look into it. Throws SALESFORCE_ANSWER_INVALID.
 */
export async function decoded(
  body: Buffer,
  coding: string | string[] | undefined,
  limit = 64 * 1024 * 1024,
): Promise<Buffer> {
  if (coding === undefined || coding === 'identity' || body.length === 0) return body;
  const decode = coding === 'gzip' || coding === 'deflate' ? CODINGS[coding] : null;
  try {
    if (decode) return await decode(body, { maxOutputLength: limit });
  } catch {
    // Said below.
  }
  throw new AppError('SALESFORCE_ANSWER_INVALID', 'Salesforce’s answer could not be decoded.', {
    nextStep: 'Try again. Without “Accept-Encoding” Salesforce sends it plain.',
  });
}
