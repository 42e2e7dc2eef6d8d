import type { ColourTheme, VscodeRelease } from './vscodeRelease.ts';

/** The four kinds of colour theme. */
export type Theme = 'light' | 'dark' | 'highContrast' | 'highContrastLight';

/** A release's theme of this kind. */
export function colourTheme(theme: Theme, release: VscodeRelease): ColourTheme {
  if (theme === 'light' || theme === 'dark') return release.themes[theme];
  return theme === 'highContrast'
    ? { id: 'Default High Contrast', label: 'Dark High Contrast' }
    : { id: 'Default High Contrast Light', label: 'Light High Contrast' };
}

/** The class that the window has under a theme of this kind. */
export const themeClasses: Readonly<Record<Theme, string>> = {
  light: 'vs',
  dark: 'vs-dark',
  highContrast: 'hc-black',
  highContrastLight: 'hc-light',
};
