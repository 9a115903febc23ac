// The name that V8 knows an evaluated script by: the author's, as `//# sourceURL=` can carry it. That takes no white space and no quotes, and a script without a name would seem to be the
// kernel's; so those characters are written as their numbers, between characters that no file name has. What is shown is the author's name again (format.ts).
const OPEN = '\x80';
const CLOSE = '\x81';
const MOVED = '\x82';
const ANONYMOUS = '<anonymous>';

export const NAMELESS = '\x83';

export const unfitCharacter = (character: string): string => `${OPEN}${character.charCodeAt(0).toString(16)}${CLOSE}`;

/** The name of a script of which something does not stand where it stood (positions.ts). */
export const movedName = (scriptName: string, positions: string): string => `${MOVED}${positions}${CLOSE}${scriptName}`;

/** Of what V8 calls a script; undefined if that is the author's own name for it. */
export function fromScriptName(name: string): { shown: string; positions: string } | undefined {
  const end = name.startsWith(MOVED) ? name.indexOf(CLOSE) : 0;
  const rest = end > 0 ? name.slice(end + 1) : name;
  const shown = rest === NAMELESS ? ANONYMOUS : rest.replaceAll(/\x80([0-9a-f]+)\x81/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return shown === name ? undefined : { shown, positions: end > 0 ? name.slice(1, end) : '' };
}
