/** Next calls this once in every server process before the first request, and in the workers of `next build`. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  // A build collects pages in processes of its own; it must open no database.
  if (process.env.NEXT_PHASE === 'phase-production-build') return;
  const { startDatabase } = await import('@/db/start');
  const { ensureSetupToken } = await import('@/lib/consent/setup');
  await startDatabase();
  await ensureSetupToken();
}
