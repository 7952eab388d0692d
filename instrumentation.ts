/** Next calls this once in every server process before the first request, and in the workers of `next build`. */
export async function register(): Promise<void> {
  // Written as one condition around the import, so that the bundle for the edge leaves it out.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    // A build collects pages in processes of its own; it must open no database.
    if (process.env.NEXT_PHASE === 'phase-production-build') return;
    const { startPortal } = await import('@/lib/start-portal');
    await startPortal();
  }
}
