import { isMacOs, KeyCode, KeyMod, useMonaco } from '@graphiql/react';
import { useEffect } from 'react';

/**
 * What GraphiQL's editor lacks. A way out by the keyboard that is the same everywhere: on a Mac GraphiQL takes the
 * editor's own for something else. And our colours, in which also numbers and comments can be read.
 */
export function useEditor(theme: 'light' | 'dark'): void {
  const monaco = useMonaco((state) => state.monaco);

  useEffect(() => {
    const keybinding = (isMacOs ? KeyMod.WinCtrl : KeyMod.CtrlCmd) | KeyCode.KeyM;
    const rule = monaco?.editor.addKeybindingRule({ keybinding, command: 'editor.action.toggleTabFocusMode' });
    return () => rule?.dispose();
  }, [monaco]);

  useEffect(() => {
    // A frame later, when the page has changed to the theme: its tokens are read from it.
    const frame = requestAnimationFrame(() => {
      const tokens = getComputedStyle(document.documentElement);
      const color = (name: string) => inFull(tokens.getPropertyValue(`--${name}`).trim());
      monaco?.editor.defineTheme(`graphiql-${theme.toUpperCase()}`, {
        base: theme === 'dark' ? 'vs-dark' : 'vs',
        inherit: true,
        colors: {
          // See-through: the editor lies on the sheet.
          'editor.background': `${color('sheet')}00`,
          'scrollbar.shadow': `${color('sheet')}00`,
          'editorLineNumber.foreground': color('ink-faint'),
          'editorLineNumber.activeForeground': color('ink'),
          'editorLineNumber.dimmedForeground': color('ink-faint'),
          'textLink.foreground': color('accent-text'),
          'editorLink.activeForeground': color('accent-text'),
          'editorHoverWidget.background': color('sheet'),
          'editorWidget.background': color('sheet'),
          'editorSuggestWidget.background': color('sheet'),
          'editorSuggestWidget.selectedBackground': color('accent-surface'),
          'editorSuggestWidget.selectedForeground': color('accent-text'),
          'editorSuggestWidget.highlightForeground': color('accent-text'),
          'editorSuggestWidget.focusHighlightForeground': color('accent-text'),
          'list.hoverBackground': color('hover'),
          'menu.background': color('sheet'),
          'menu.selectionBackground': color('accent-surface'),
          'menu.selectionForeground': color('accent-text'),
          'quickInput.background': color('sheet'),
          'quickInputList.focusBackground': color('accent-surface'),
          'quickInputList.focusForeground': color('ink'),
          'input.background': color('well'),
          focusBorder: color('accent-text'),
        },
        rules: [
          { token: 'comment', foreground: color('ink-faint') },
          { token: 'number', foreground: color('good-text') },
          { token: 'argument.identifier.gql', foreground: color('info-text') },
        ],
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [monaco, theme]);
}

/** The build shortens #ffffff to #fff, which the editor does not know. */
function inFull(color: string): string {
  return color.length === 4 ? color.replaceAll(/[0-9a-f]/gi, '$&$&') : color;
}
