import path from 'node:path';

/** The benchmark copies this folder to `.data/bench/yardstick-app` before it is built. */
const config = {
  serverExternalPackages: ['undici'],
  poweredByHeader: false,
  turbopack: { root: path.resolve(import.meta.dirname, '../../..') },
};

export default config;
