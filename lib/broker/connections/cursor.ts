import { z } from 'zod';
import { AppError } from '@/lib/errors';

/** What the order of the list goes by. Neither ever changes, so a page goes on where the one before ended. */
interface Place {
  /** ISO instant. */
  createdAt: string;
  id: string;
}

const placeSchema = z.strictObject({ createdAt: z.iso.datetime(), id: z.uuid() });

/** Says where a page ended. */
export function cursorOf({ createdAt, id }: Place): string {
  return Buffer.from(JSON.stringify({ createdAt, id })).toString('base64url');
}

/** Throws INVALID_INPUT for what no page has ended with. */
export function readCursor(cursor: string): Place {
  try {
    return placeSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new AppError('INVALID_INPUT', 'The parameter cursor is none that a page of this list ended with.', {
      nextStep: 'Send the next of the page before, or leave cursor out to begin again.',
      cause,
    });
  }
}

/** The order of the list: the oldest first. */
export function inTime(one: Place, other: Place): number {
  return compare(one.createdAt, other.createdAt) || compare(one.id, other.id);
}

const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));
