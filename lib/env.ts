import { z } from 'zod';
import { processWide } from '@/lib/registry';

const optional = z
  .string()
  .trim()
  .optional()
  .transform((value) => (value === '' ? undefined : value));

const list = optional.transform((value) => (value ? value.split(/[\s,]+/).filter(Boolean) : []));

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  DATABASE_URL: optional,
  DATABASE_OWNER_URL: optional,
  DATABASE_DIRECT_URL: optional,
  DATABASE_PREPARE: z
    .enum(['true', 'false'])
    .default('true')
    .transform((value) => value === 'true'),
  ORGDOCK_DATA_DIR: optional.transform((value) => value ?? '.data'),
  ORGDOCK_KEYRING: optional,
  ORGDOCK_SETUP_TOKEN: optional,
  ORGDOCK_SMTP_URL: optional,
  ORGDOCK_TRUSTED_PROXIES: list,
  ORGDOCK_ALLOW_HOSTS: list,
  NEXTAUTH_URL: optional.transform((value) => value ?? 'http://localhost:3000'),
  NEXTAUTH_SECRET: optional,
  HTTPS_PROXY: optional,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
});

export type Env = z.infer<typeof schema>;

/** The settings of this process, read and checked once. Throws one error that names every bad setting. */
export function env(): Env {
  return processWide('env', () => {
    const parsed = schema.safeParse(process.env);
    if (parsed.success) return parsed.data;
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`Orgdock's settings are wrong:\n${lines.join('\n')}\nSee .env.example.`);
  });
}

/** The portal's own origin, such as `https://portal.example`. */
export function portalOrigin(): string {
  return new URL(env().NEXTAUTH_URL).origin;
}

/** Whether cookies are `Secure` and carry the `__Host-` prefix. */
export function usesSecureCookies(): boolean {
  return portalOrigin().startsWith('https:');
}
