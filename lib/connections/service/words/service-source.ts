import { inServiceWords } from '@/lib/connections/service/words/in-service-words';
import { AppError } from '@/lib/errors';
import type { TokenSource } from '@/lib/salesforce/types';

/** A source whose errors speak of a service connection: nobody who reads through it could reconnect it. */
export function serviceSource(source: TokenSource): TokenSource {
  return {
    current: () => inWords(source.current()),
    renew: (generation) => inWords(source.renew(generation)),
    used: () => source.used(),
  };
}

async function inWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof AppError ? inServiceWords(error) : error;
  }
}
