'use client';

import { Button } from '@heroui/react/button';
import { Stethoscope } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';

/** A button that opens the Doctor’s panel where something failed, without leaving the page. */
export function DoctorToggle({ children }: { children: ReactNode }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <div className="space-y-3">
      <Button
        size="sm"
        variant="ghost"
        aria-expanded={open}
        {...(open ? { 'aria-controls': id } : {})}
        onPress={() => setOpen(!open)}
      >
        <Stethoscope aria-hidden="true" />
        {open ? 'Close the Connection Doctor' : 'Find the cause'}
      </Button>
      <div id={id}>{open ? children : null}</div>
    </div>
  );
}
