/** The choice of a theme lives in the browser: `light`, `dark`, or absent for "as the system has it". */
export type ThemeChoice = 'light' | 'dark' | 'system';

const STORAGE_KEY = 'orgdock.theme';
const CHANGED = 'orgdock:theme';

/** Runs before the first paint, so that no page flashes in the other theme. Sent inline with the nonce. */
export const themeScript = `(function(){try{var c=localStorage.getItem('${STORAGE_KEY}')}catch(e){}var m=matchMedia('(prefers-color-scheme: dark)');function a(){try{c=localStorage.getItem('${STORAGE_KEY}')}catch(e){}var d=c==='dark'||(c!=='light'&&m.matches),l=document.documentElement.classList;l.toggle('dark',d);l.toggle('light',!d)}a();m.addEventListener('change',a);addEventListener('storage',a);addEventListener('${CHANGED}',a)})()`;

/** The stored choice; `system` when there is none or storage is refused. */
export function readThemeChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

/** Stores the choice and repaints this and every other open tab. */
export function chooseTheme(choice: ThemeChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, choice);
  } catch {
    // Storage is switched off: the page keeps the theme of the system.
  }
  window.dispatchEvent(new Event(CHANGED));
}

/** For `useSyncExternalStore`. */
export function subscribeToTheme(onChange: () => void): () => void {
  window.addEventListener(CHANGED, onChange);
  window.addEventListener('storage', onChange);
  return () => {
    window.removeEventListener(CHANGED, onChange);
    window.removeEventListener('storage', onChange);
  };
}
