'use client';

import { Button } from '@heroui/react/button';
import { Braces, Check, Hash, Link2, RotateCw } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useState, useTransition } from 'react';
import { BusyButton } from '@/components/forms/busy-button';
import type { RecordView } from '@/lib/records/record/types';
import { OpenInSalesforce } from './open-in-salesforce';

const RawJson = dynamic(() => import('./raw-json').then((module) => module.RawJson), { ssr: false });

/** What can be done with a record besides reading it. */
export function RecordActions({ view }: { view: RecordView }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [showsRaw, setShowsRaw] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <OpenInSalesforce view={view} />
      <CopyAction icon={<Link2 aria-hidden="true" />} text={() => window.location.href}>
        Copy link
      </CopyAction>
      <CopyAction icon={<Hash aria-hidden="true" />} text={() => view.id}>
        Copy id
      </CopyAction>
      <Button size="sm" variant="secondary" onPress={() => setShowsRaw(true)}>
        <Braces aria-hidden="true" />
        Raw JSON
      </Button>
      <BusyButton
        size="sm"
        variant="secondary"
        busy={pending}
        icon={<RotateCw aria-hidden="true" />}
        onPress={() => startTransition(() => router.refresh())}
      >
        Refresh
      </BusyButton>
      {showsRaw ? <RawJson record={view.raw} title={view.title} onClose={() => setShowsRaw(false)} /> : null}
    </div>
  );
}

function CopyAction({ icon, text, children }: { icon: ReactNode; text: () => string; children: string }) {
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), 2000);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () =>
    navigator.clipboard.writeText(text()).then(
      () => setSaid('Copied'),
      () => setSaid('Not copied'),
    );
  return (
    <>
      <Button size="sm" variant="secondary" onPress={() => void copy()}>
        {said === 'Copied' ? <Check aria-hidden="true" className="text-success-soft-foreground" /> : icon}
        {said ?? children}
      </Button>
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  );
}
