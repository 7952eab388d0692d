import { KeyForm } from '@/components/api-keys/editor/key-form';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import type { PersonContext } from '@/lib/context';
import { createKeyAction } from './actions';
import { editorOptionsOf } from './editor-options';

/** The form of a new key, which is always one's own. */
export async function NewKeyPage({ ctx, base }: { ctx: PersonContext; base: string }) {
  return (
    <Page
      above={<BackLink href={base}>API keys</BackLink>}
      title="New API key"
      description="A program with this key acts as you, through connections that you may read, and does only what you allow here."
    >
      <div className="rounded-xl bg-surface p-5 shadow-surface sm:p-7">
        <KeyForm options={await editorOptionsOf(ctx, ctx.personId)} base={base} create={createKeyAction} />
      </div>
    </Page>
  );
}
