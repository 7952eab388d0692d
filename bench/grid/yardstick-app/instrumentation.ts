/** Turbopack looks for this file in the folders above, too, and would take the portal's. */
export function register(): void {}
