import { afterEach } from 'vitest';

/** A test that prints is a test that hides something: console output of the code under test fails it. */
const noise: string[] = [];

for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
  console[method] = (...parts: unknown[]) => {
    noise.push(`console.${method}: ${parts.map(String).join(' ')}`);
  };
}

afterEach(() => {
  const heard = noise.splice(0);
  if (heard.length > 0) throw new Error(`The code under test printed:\n${heard.join('\n')}`);
});
