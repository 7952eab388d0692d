import { notFound } from 'next/navigation';
import { PolicyForm } from '@/components/api-keys/editor/policy-form';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { absoluteWords } from '@/components/states/instant';
import { getKey } from '@/lib/broker/keys/queries';
import type { PersonContext } from '@/lib/context';
import { viewerOf } from '../../viewer';
import { changeKeyPolicyAction } from './actions';
import { editorOptionsOf } from './editor-options';

/** What a key may do, edited by its owner, or narrowed by an administrator. */
export async function KeyPolicyPage({ ctx, id, base }: { ctx: PersonContext; id: string; base: string }) {
  const detail = await getKey(ctx, id);
  if (!detail || detail.key.state === 'revoked' || ctx.role === 'auditor') notFound();
  const { key, isOwn } = detail;
  const href = `${base}/${key.id}`;
  return (
    <Page
      above={<BackLink href={href}>{key.name}</BackLink>}
      title={`What “${key.name}” may do`}
      description={
        isOwn
          ? 'It holds from the next call on. To let the key do more, you confirm who you are.'
          : `A key of ${key.owner.name}. You can take away from it; only its owner lets it do more.`
      }
    >
      <div className="rounded-xl bg-surface p-5 shadow-surface sm:p-7">
        <PolicyForm
          policy={key.policy}
          expiry={key.expiresAt ? absoluteWords(key.expiresAt, viewerOf(ctx)) : 'never'}
          options={await editorOptionsOf(ctx, key.owner.id)}
          href={href}
          save={changeKeyPolicyAction.bind(null, key.id)}
        />
      </div>
    </Page>
  );
}
