import { redirect } from 'next/navigation';
import { Confirmed, ConfirmIdentity } from '@/components/consent/confirm-identity';
import { SignInChoices } from '@/components/consent/sign-in-choices';
import { SignInLink } from '@/components/consent/sign-in-link';
import { EntryFrame } from '@/components/shell/entry-frame';
import { getSetupState } from '@/lib/consent/setup';
import { listSignInProviders } from '@/lib/environments/identity-providers/queries';
import { listSignInEnvironments } from '@/lib/environments/queries';
import { safeCallbackPath } from '@/lib/session/callback-path';
import { getContext } from '@/lib/session/context';

export const metadata = { title: 'Sign in' };

interface SignInPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { link, fresh, callbackUrl } = await searchParams;
  const ctx = await getContext();
  if (link !== undefined) {
    return (
      <EntryFrame>
        <SignInLink />
      </EntryFrame>
    );
  }
  if (ctx && fresh === 'done') {
    return (
      <EntryFrame>
        <Confirmed />
      </EntryFrame>
    );
  }
  const [environments, providers] = await Promise.all([listSignInEnvironments(), listSignInProviders()]);
  if (ctx && fresh === '1') {
    return (
      <EntryFrame>
        <ConfirmIdentity displayName={ctx.displayName} environments={environments} providers={providers} />
      </EntryFrame>
    );
  }
  const callbackPath = safeCallbackPath(callbackUrl);
  if (ctx) redirect(callbackPath ?? '/');
  return (
    <EntryFrame>
      <SignInChoices
        environments={environments}
        providers={providers}
        callbackPath={callbackPath}
        setupOpen={environments.length + providers.length === 0 && (await getSetupState()) !== 'closed'}
      />
    </EntryFrame>
  );
}
