// The name under which V8 knows an evaluated script: the author's name, written so that `//# sourceURL=` can carry it. White space and quotes, which it does not accept, are written as their
// numbers between characters that no file name has. A script without a name gets a name of its own, because it would seem to be the kernel's. Stack traces show the author's name (format.ts).
const OPEN = '\x80';
const CLOSE = '\x81';
const MOVED = '\x82';
const ANONYMOUS = '<anonymous>';

export const NAMELESS = '\x83';

export const unfitCharacter = (character: string): string => `${OPEN}${character.charCodeAt(0).toString(16)}${CLOSE}`;

/** The name of a script of which some text has moved: it carries the positions (text/positions.ts). */
export const movedName = (scriptName: string, positions: string): string => `${MOVED}${positions}${CLOSE}${scriptName}`;

/** Reads the name under which V8 knows a script; undefined if that is the author's own name. */
export function fromScriptName(name: string): { shown: string; positions: string } | undefined {
  const end = name.startsWith(MOVED) ? name.indexOf(CLOSE) : 0;
  const rest = end > 0 ? name.slice(end + 1) : name;
  const shown = rest === NAMELESS ? ANONYMOUS : rest.replaceAll(/\x80([0-9a-f]+)\x81/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return shown === name ? undefined : { shown, positions: end > 0 ? name.slice(1, end) : '' };
}
