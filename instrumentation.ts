/** Next calls this once in every server process before the first request, and in the workers of `next build`. */
export async function register(): Promise<void> {
  // Written as one condition around the imports, so that the bundle for the edge leaves them out.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    // A build collects pages in processes of its own; it must open no database.
    if (process.env.NEXT_PHASE === 'phase-production-build') return;
    const { startDatabase } = await import('@/db/start');
    const { ensureSetupToken } = await import('@/lib/consent/setup-token');
    const { portalOrigin } = await import('@/lib/env');
    await startDatabase();
    const token = await ensureSetupToken();
    if (token === null) return;
    // On the terminal, not in the log: whoever reads logs later must not become the administrator.
    const address = `${portalOrigin()}/setup`;
    process.stdout.write(`Orgdock is not set up yet. Open ${address} with this one-time token: ${token}\n`);
  }
}
