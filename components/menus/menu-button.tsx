'use client';

import { Button, type ButtonProps } from '@heroui/react/button';
import { type ReactNode, type RefObject, Suspense, useRef, useState } from 'react';

/** How a menu is open, and what it belongs to. */
export interface MenuOpening {
  /** The button: the menu stands at it, and the focus goes back there. */
  anchor: RefObject<HTMLButtonElement | null>;
  isOpen: boolean;
  /** The entry that the focus begins on; true: the menu itself, as after a click. */
  focus: 'first' | 'last' | true;
  onClose: () => void;
}

interface MenuButtonProps
  extends Pick<ButtonProps, 'variant' | 'size' | 'isIconOnly' | 'isDisabled' | 'aria-label'> {
  /** Begins to load the menu, when it is about to be used. */
  preload: () => Promise<unknown>;
  /** Draws the menu, which may still have to be loaded. */
  menu: (opening: MenuOpening) => ReactNode;
  children: ReactNode;
}

/** Opens a menu that is no part of the first paint: by click, touch, Enter, Space and the arrow keys. */
export function MenuButton({ preload, menu, children, ...button }: MenuButtonProps) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [opening, setOpening] = useState<Pick<MenuOpening, 'isOpen' | 'focus'> | null>(null);
  const open = (focus: MenuOpening['focus']) => setOpening({ isOpen: true, focus });
  // A failure is the business of who opens the menu.
  const begin = () => void preload().catch(() => undefined);
  return (
    <>
      <Button
        {...button}
        ref={anchor}
        aria-haspopup="menu"
        aria-expanded={opening?.isOpen ?? false}
        onHoverStart={begin}
        onFocus={begin}
        onPressStart={begin}
        onPress={({ pointerType }) =>
          open(pointerType === 'keyboard' || pointerType === 'virtual' ? 'first' : true)
        }
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          open(event.key === 'ArrowDown' ? 'first' : 'last');
        }}
      >
        {children}
      </Button>
      <Suspense>
        {opening
          ? menu({ anchor, ...opening, onClose: () => setOpening({ ...opening, isOpen: false }) })
          : null}
      </Suspense>
    </>
  );
}
