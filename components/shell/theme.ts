/** The choice of a theme lives in the browser: `light`, `dark`, or absent for "as the system has it". */
export type ThemeChoice = 'light' | 'dark' | 'system';

const STORAGE_KEY = 'orgdock.theme';
const CHANGED = 'orgdock:theme';
const DARK = '(prefers-color-scheme: dark)';

/** Runs before the first paint, so that no page flashes in the other theme. Sent inline with the nonce. */
export const themeScript = `(function(){var c;try{c=localStorage.getItem('${STORAGE_KEY}')}catch(e){}var d=c==='dark'||(c!=='light'&&matchMedia('${DARK}').matches);document.documentElement.classList.add(d?'dark':'light')})()`;

/** Paints the page in the chosen theme. */
export function paintTheme(): void {
  const choice = readThemeChoice();
  const dark = choice === 'dark' || (choice === 'system' && matchMedia(DARK).matches);
  const { classList } = document.documentElement;
  classList.toggle('dark', dark);
  classList.toggle('light', !dark);
}

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

/** Calls back when the choice or the system's theme changes; the answer ends that. */
export function subscribeToTheme(onChange: () => void): () => void {
  const system = matchMedia(DARK);
  system.addEventListener('change', onChange);
  window.addEventListener(CHANGED, onChange);
  window.addEventListener('storage', onChange);
  return () => {
    system.removeEventListener('change', onChange);
    window.removeEventListener(CHANGED, onChange);
    window.removeEventListener('storage', onChange);
  };
}
