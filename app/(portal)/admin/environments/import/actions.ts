'use server';

import { revalidatePath } from 'next/cache';
import { applyImport } from '@/lib/environments/transfer/commands';
import { planImport } from '@/lib/environments/transfer/queries';
import type { ImportPlan, ImportResult } from '@/lib/environments/transfer/types';
import { type ActionResult, personAction } from '@/lib/session/action';

/** What importing a file would do. Nothing is written. */
export async function planImportAction(content: string): Promise<ActionResult<ImportPlan>> {
  return personAction({ role: 'admin' }, (ctx) => planImport(ctx, { content: String(content), secrets: {} }));
}

/** Carries out the plan that was seen, with the consumer secrets of the form: `secret:<slug>`. */
export async function applyImportAction(
  content: string,
  seen: string,
  form: FormData,
): Promise<ActionResult<ImportResult>> {
  return personAction({ role: 'admin', fresh: true }, async (ctx) => {
    const secrets = Object.fromEntries(
      [...form]
        .filter(
          ([name, value]) => name.startsWith('secret:') && typeof value === 'string' && value.trim() !== '',
        )
        .map(([name, value]) => [name.slice('secret:'.length), String(value)]),
    );
    const result = await applyImport(ctx, { content: String(content), seen: String(seen), secrets });
    revalidatePath('/', 'layout');
    return result;
  });
}
