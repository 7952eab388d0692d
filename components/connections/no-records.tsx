'use client';

import { ShieldX } from 'lucide-react';
import { useParams } from 'next/navigation';
import { Interrupt } from '@/components/states/interrupt';

/** In place of records that one may not read; the connection's page says why and who can change it. */
export function NoRecords() {
  const { id } = useParams<{ id: string }>();
  return (
    <Interrupt
      Icon={ShieldX}
      status="403"
      title="No records here"
      href={`/connections/${id}`}
      label="See why"
    >
      You may not read records through this connection. Its page says why, and who can change that.
    </Interrupt>
  );
}
