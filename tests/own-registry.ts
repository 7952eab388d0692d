/**
 * Setup of every test file: what the portal keeps for the process is empty. Files share a process, and its modules, but not
 * what those have made: pools, caches, settings.
 */
Reflect.deleteProperty(globalThis, Symbol.for('orgdock'));
