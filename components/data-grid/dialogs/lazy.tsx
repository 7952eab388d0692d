'use client';

import dynamic from 'next/dynamic';

/** What opens on demand is loaded on demand. */
export const LazyCellDialog = dynamic(async () => (await import('./cell-dialog')).CellDialog);
export const LazyShortcutsDialog = dynamic(async () => (await import('./shortcuts-dialog')).ShortcutsDialog);
export const LazyHeaderMenu = dynamic(async () => (await import('../header/header-menu')).HeaderMenu);
