'use client';

import { ChevronDown } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { lazy, useState } from 'react';
import { postJson } from '@/components/forms/post-json';
import { MenuButton } from '@/components/menus/menu-button';

const load = () => import('@/components/menus/user-choices');
const UserChoices = lazy(async () => ({ default: (await load()).UserChoices }));

/** Name of the signed-in person, their account page, and the way out. */
export function UserMenu({ displayName, role }: { displayName: string; role: string }) {
  const router = useRouter();
  const [leaving, setLeaving] = useState(false);
  const [failed, setFailed] = useState(false);

  const signOut = async () => {
    setLeaving(true);
    const answer = await postJson('/api/sign-out', {});
    if (answer.ok) window.location.assign('/sign-in');
    else {
      setLeaving(false);
      setFailed(true);
    }
  };

  return (
    <>
      <MenuButton
        variant="ghost"
        size="sm"
        isDisabled={leaving}
        aria-label={`Account of ${displayName}`}
        preload={load}
        menu={(opening) => (
          <UserChoices
            {...opening}
            displayName={displayName}
            role={role}
            onAccount={() => router.push('/account')}
            onSignOut={() => void signOut()}
          />
        )}
      >
        <span
          aria-hidden="true"
          className="-ml-1 grid size-6 place-items-center rounded-full bg-accent-soft text-[0.6875rem] font-semibold text-accent-soft-foreground"
        >
          {initials(displayName)}
        </span>
        <span className="hidden max-w-36 truncate sm:inline">{displayName}</span>
        <ChevronDown aria-hidden="true" className="hidden text-muted sm:inline" />
      </MenuButton>
      {failed ? (
        <p
          role="alert"
          className="fixed top-16 right-4 z-50 rounded-lg bg-danger-soft px-4 py-2 text-danger-soft-foreground shadow-overlay"
        >
          You are still signed in: Orgdock did not answer. Try again.
        </p>
      ) : null}
    </>
  );
}

/** First letters of the first and the last word. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words[words.length - 1]?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}
