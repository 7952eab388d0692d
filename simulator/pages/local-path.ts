/** A path of this origin; anything else would make the page an open redirect. */
export function localPath(startUrl: string | null): string {
  return startUrl && /^\/[^/\\]/.test(startUrl) ? startUrl : '/';
}
