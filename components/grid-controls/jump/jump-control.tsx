'use client';

import { Button } from '@heroui/react/button';
import { CornerDownRight } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import type { GridControlProps } from '@/components/grid-controls/types';

const JumpPanel = dynamic(() => import('./jump-panel').then((module) => module.JumpPanel), { ssr: false });

/** Opens “Go to”, as Ctrl+G does. */
export function JumpControl(props: GridControlProps) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isJump = event.key.toLowerCase() === 'g' && (event.ctrlKey || event.metaKey);
      if (!isJump || event.shiftKey || event.altKey || document.querySelector('[role=dialog]')) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <>
      <Button
        ref={anchor}
        size="sm"
        variant="ghost"
        aria-keyshortcuts="Control+G"
        onPress={() => setOpen(true)}
      >
        <CornerDownRight aria-hidden="true" />
        Go to
      </Button>
      {open ? <JumpPanel window={props.window} anchor={anchor} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
