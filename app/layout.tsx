import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import { headers } from 'next/headers';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { SkipLink } from '@/components/shell/skip-link';
import { themeScript } from '@/components/shell/theme';
import { ThemePainter } from '@/components/shell/theme-painter';
import './globals.css';

const inter = localFont({
  src: './fonts/inter-latin.woff2',
  variable: '--font-inter',
  weight: '100 900',
  display: 'swap',
});

const interExtended = localFont({
  src: './fonts/inter-latin-ext.woff2',
  variable: '--font-inter-ext',
  weight: '100 900',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+1E00-1EFF' }],
});

export const metadata: Metadata = {
  title: { default: 'Orgdock', template: '%s · Orgdock' },
  description:
    'Dock your Salesforce orgs: consent once, keep every grant alive, see your Accounts and Opportunities.',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8fafc' },
    { media: '(prefers-color-scheme: dark)', color: '#0d1218' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html lang="en" className={`${inter.variable} ${interExtended.variable}`} suppressHydrationWarning>
      <head>
        {/* React Aria gives this nonce to the style element that it injects. */}
        <meta property="csp-nonce" nonce={nonce} content="" suppressHydrationWarning />
        <script
          nonce={nonce}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, needed before first paint
          dangerouslySetInnerHTML={{ __html: themeScript }}
        />
      </head>
      <body className="antialiased">
        <ThemePainter />
        <SkipLink />
        <NuqsAdapter>{children}</NuqsAdapter>
      </body>
    </html>
  );
}
