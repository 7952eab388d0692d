// @ts-check
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { readRing } from '../lib/keyring/ring-format.mjs';
import { parseTrustedProxies } from './forwarding.mjs';

/** @typedef {{name: string, problem: string, fix: string}} SettingFault */
/** @typedef {Record<string, string | undefined>} Settings */

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const RANDOM_SECRET = 'openssl rand -base64 32';

/** @param {string} hostname */
function isLoopback(hostname) {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

/** @param {string} value */
function parseUrl(value) {
  try {
    return new URL(value);
  } catch {
    return null;
  }
}

/**
 * What is wrong with a public origin, or null. Plain http is for loopback only: cookies and codes travel over it.
 * @param {string} value
 */
function originProblem(value) {
  const url = parseUrl(value);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return `"${value}" is not an http(s) address`;
  if (url.username || url.password) return 'it holds a user name or password';
  if (url.pathname !== '/' || url.search || url.hash)
    return `"${value}" has a path; only the origin is wanted`;
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return `"${value}" is not https`;
  return null;
}

/**
 * What is wrong with the key ring of a setting, or null. The value is never repeated: who puts a bare key there has put
 * it where a path is expected.
 * @param {string} setting JSON, or the path of a file
 */
function ringProblem(setting) {
  let json = setting;
  if (!setting.startsWith('{')) {
    try {
      json = readFileSync(setting, 'utf8');
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      return `neither JSON nor the path of a file that can be read (${code})`;
    }
  }
  const { fault } = readRing(json, { production: true });
  return fault === null ? null : `the key ring ${fault}`;
}

/** @type {Array<(settings: Settings) => SettingFault | SettingFault[] | null>} */
const RULES = [
  ({ NEXTAUTH_URL }) => {
    const fix = "the portal's own origin as browsers see it, such as https://portal.example.com";
    if (!NEXTAUTH_URL) return { name: 'NEXTAUTH_URL', problem: 'missing', fix };
    const problem = originProblem(NEXTAUTH_URL);
    return problem ? { name: 'NEXTAUTH_URL', problem, fix } : null;
  },
  ({ NEXTAUTH_SECRET }) => {
    const fix = `at least 32 characters; make one with: ${RANDOM_SECRET}`;
    if (!NEXTAUTH_SECRET) return { name: 'NEXTAUTH_SECRET', problem: 'missing', fix };
    if (NEXTAUTH_SECRET.length >= 32) return null;
    return { name: 'NEXTAUTH_SECRET', problem: `only ${NEXTAUTH_SECRET.length} characters long`, fix };
  },
  ({ DATABASE_URL, ORGDOCK_KEYRING }) => {
    const name = 'ORGDOCK_KEYRING';
    const fix = 'JSON or a file path, see docs/operations.md "Keys"';
    const setting = ORGDOCK_KEYRING?.trim();
    if (setting) {
      const problem = ringProblem(setting);
      return problem ? { name, problem, fix } : null;
    }
    if (!DATABASE_URL) return null;
    const problem =
      'missing, and DATABASE_URL is set: secrets in a shared database need a key that all replicas have';
    return { name, problem, fix };
  },
  ({ DATABASE_URL, DATABASE_DIRECT_URL }) => {
    if (!DATABASE_DIRECT_URL || DATABASE_URL) return null;
    return {
      name: 'DATABASE_DIRECT_URL',
      problem: 'set without DATABASE_URL: it is the way past the pooler that DATABASE_URL names',
      fix: 'set DATABASE_URL as well, or leave it out',
    };
  },
  (settings) =>
    ['DATABASE_URL', 'DATABASE_OWNER_URL', 'DATABASE_DIRECT_URL'].flatMap((name) => {
      const value = settings[name];
      if (!value || ['postgres:', 'postgresql:'].includes(parseUrl(value)?.protocol ?? '')) return [];
      // The value is not repeated: it holds a password.
      return [
        { name, problem: 'not a PostgreSQL address', fix: 'postgres://user:password@host:5432/database' },
      ];
    }),
  ({ ORGDOCK_SMTP_URL }) => {
    const url = ORGDOCK_SMTP_URL ? parseUrl(ORGDOCK_SMTP_URL) : null;
    if (!ORGDOCK_SMTP_URL || (url?.hostname && ['smtp:', 'smtps:'].includes(url.protocol))) return null;
    return {
      name: 'ORGDOCK_SMTP_URL',
      problem: 'not the address of a mail server',
      fix: 'smtps://user:password@mail.example.com:465?from=orgdock@example.com',
    };
  },
  ({ PORT }) => {
    if (!PORT || (/^\d+$/.test(PORT) && Number(PORT) >= 1 && Number(PORT) <= 65_535)) return null;
    return {
      name: 'PORT',
      problem: `"${PORT}" is not a port`,
      fix: 'a number from 1 to 65535 (default 3000)',
    };
  },
  ({ LOG_LEVEL }) => {
    if (!LOG_LEVEL || LOG_LEVELS.includes(LOG_LEVEL)) return null;
    return {
      name: 'LOG_LEVEL',
      problem: `"${LOG_LEVEL}" is unknown`,
      fix: `one of ${LOG_LEVELS.join(', ')}`,
    };
  },
  ({ ORGDOCK_TRUSTED_PROXIES }) => {
    const { faults } = parseTrustedProxies(ORGDOCK_TRUSTED_PROXIES ?? '');
    if (faults.length === 0) return null;
    const problem = `not an address or CIDR range: ${faults.join(', ')}`;
    return { name: 'ORGDOCK_TRUSTED_PROXIES', problem, fix: 'a list such as 10.0.0.0/8, fd00::/8' };
  },
  ({ ORGDOCK_ALLOW_HOSTS }) =>
    (ORGDOCK_ALLOW_HOSTS ?? '')
      .split(/[\s,]+/)
      .filter(Boolean)
      .flatMap((origin) => {
        const problem = originProblem(origin);
        if (!problem) return [];
        return [
          {
            name: 'ORGDOCK_ALLOW_HOSTS',
            problem,
            fix: 'exact origins, https or loopback, separated by commas',
          },
        ];
      }),
  ({ ORGDOCK_SETUP_TOKEN }) => {
    if (!ORGDOCK_SETUP_TOKEN || ORGDOCK_SETUP_TOKEN.length >= 12) return null;
    const problem = `only ${ORGDOCK_SETUP_TOKEN.length} characters long`;
    return {
      name: 'ORGDOCK_SETUP_TOKEN',
      problem,
      fix: `at least 12 characters, or leave it out; ${RANDOM_SECRET}`,
    };
  },
];

/**
 * Everything that is missing or wrong for production, so that it can be mended in one go.
 * @param {Settings} settings usually `process.env`; an empty string counts as missing
 * @returns {SettingFault[]}
 */
export function settingFaults(settings) {
  return RULES.flatMap((rule) => rule(settings) ?? []);
}

/**
 * @param {SettingFault[]} faults
 * @returns {string}
 */
export function describeFaults(faults) {
  const lines = faults.map(({ name, problem, fix }) => `  ${name}: ${problem}\n      → ${fix}`);
  const settings = faults.length === 1 ? 'this setting is' : `these ${faults.length} settings are`;
  return `Orgdock does not start: ${settings} missing or wrong.\n\n${lines.join('\n')}\n\nSet them in the environment or in a file .env beside package.json; .env.example explains each.`;
}
