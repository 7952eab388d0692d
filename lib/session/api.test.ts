import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { answer, readJson } from './api';

const post = (body: BodyInit | null) =>
  new Request('http://localhost:3000/api/consent', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    duplex: 'half',
  } as RequestInit);

describe('the JSON body of a request', () => {
  it('is read in pieces', async () => {
    const pieces = ['{"name":"K', 'öln"}'].map((text) => new TextEncoder().encode(text));
    const body = new ReadableStream({
      pull: (controller) => {
        const next = pieces.shift();
        if (next) controller.enqueue(next);
        else controller.close();
      },
    });
    expect(await readJson(post(body))).toEqual({ name: 'Köln' });
  });

  it('is read no further than its limit', async () => {
    let pulled = 0;
    let cancelled = false;
    const body = new ReadableStream({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(1_000));
      },
      cancel: () => {
        cancelled = true;
      },
    });
    await expect(readJson(post(body), 5_000)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(pulled).toBeLessThan(10);
    expect(cancelled).toBe(true);
  });

  it.each(['', '{', null])('%j is refused', async (body) => {
    await expect(readJson(post(body))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('a refusal', () => {
  it('for too many requests says in its header when to come again', async () => {
    const refused = await answer(post('{}'), async () => {
      throw new AppError('RATE_LIMITED', 'That was too often.', { details: { retryAfter: '40' } });
    });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('40');
    const other = await answer(post('{}'), async () => {
      throw new AppError('CONFLICT', 'It changed.');
    });
    expect(other.headers.get('retry-after')).toBeNull();
  });
});
