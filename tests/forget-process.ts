/** Empties what the portal keeps for the process: pools, caches, settings. Test files share a process and its modules. */
export function forgetProcess(): void {
  Reflect.deleteProperty(globalThis, Symbol.for('orgdock'));
}
