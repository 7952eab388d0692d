import { notFound } from 'next/navigation';
import { SetupEnvironment } from '@/components/environments/setup/setup-environment';
import { SetupFinish } from '@/components/environments/setup/setup-finish';
import { SetupToken } from '@/components/environments/setup/setup-token';
import { EntryFrame } from '@/components/shell/entry-frame';
import { getSetupEnvironment, getSetupState } from '@/lib/consent/setup';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { newEnvironmentForm } from '@/lib/environments/schema';
import { slugOf } from '@/lib/environments/slug';
import { openSetupAction, previewSetupRedirectUri, saveSetupEnvironmentAction } from './actions';

export const metadata = { title: 'Set up' };

interface SetupPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SetupPage({ searchParams }: SetupPageProps) {
  const state = await getSetupState();
  if (state === 'closed') notFound();
  if (state === 'locked') {
    return (
      <EntryFrame>
        <SetupToken action={openSetupAction} />
      </EntryFrame>
    );
  }
  const environment = await getSetupEnvironment();
  if (environment && (await searchParams).change !== '1') {
    return (
      <EntryFrame wide>
        <SetupFinish environment={environment} redirectUri={redirectUriOf(environment.slug)} />
      </EntryFrame>
    );
  }
  const name = environment?.name ?? 'Production';
  return (
    <EntryFrame wide>
      <SetupEnvironment
        values={{ ...newEnvironmentForm(), name, kind: environment?.kind ?? 'production' }}
        redirectUri={redirectUriOf(slugOf(name, new Set()))}
        previewRedirectUri={previewSetupRedirectUri}
        action={saveSetupEnvironmentAction}
      />
    </EntryFrame>
  );
}
