import type { Problem } from '@/lib/errors';

/** What a server action without a form answers. */
export type ActionResult = { ok: true } | { ok: false; problem: Problem };

/** What a server action behind a form answers: what was typed comes back, never a secret. */
export type FormResult =
  | { ok: true }
  | {
      ok: false;
      problem: Problem | null;
      fieldErrors: Record<string, string>;
      values: Record<string, string>;
    };
