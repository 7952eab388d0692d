import type { Problem } from '@/lib/errors';

/** What a server action answers. For a form, `problem.details` holds one message per field. */
export type ActionResult = { ok: true } | { ok: false; problem: Problem };
