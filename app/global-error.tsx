'use client';

import './globals.css';

/** The last net: the frame itself failed, so nothing of it is used here. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body className="antialiased">
        <title>Something went wrong · Orgdock</title>
        <main className="mx-auto max-w-lg px-4 py-20">
          <h1 className="text-xl font-semibold">Something went wrong inside Orgdock</h1>
          <p className="mt-2 text-muted">
            Reload the page. If it happens again, give your administrator this mark for the log:{' '}
            <code className="font-mono">{error.digest ?? 'none'}</code>
          </p>
        </main>
      </body>
    </html>
  );
}
