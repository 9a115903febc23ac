// URL Pattern: from parts to a regular expression, and back to a pattern string.
import { FULL_WILDCARD, type Part, type PatternOptions, escapeRegExp, segmentWildcard } from './parts.ts';
import { isNameCharacter } from './tokenizer.ts';

export const escapePattern = (text: string): string => text.replace(/[+*?:{}()\\]/g, '\\$&');

export function regExpSource(parts: readonly Part[], options: PatternOptions): string {
  return `^${parts.map((part) => sourceOf(part, options)).join('')}$`;
}

function sourceOf({ type, value, modifier, prefix, suffix }: Part, options: PatternOptions): string {
  if (type === 'fixed-text') return modifier === '' ? escapeRegExp(value) : `(?:${escapeRegExp(value)})${modifier}`;
  const source = type === 'segment-wildcard' ? segmentWildcard(options) : type === 'full-wildcard' ? FULL_WILDCARD : value;
  const repeats = modifier === '*' || modifier === '+';
  if (prefix === '' && suffix === '') return repeats ? `((?:${source})${modifier})` : `(${source})${modifier}`;
  const [before, after] = [escapeRegExp(prefix), escapeRegExp(suffix)];
  if (!repeats) return `(?:${before}(${source})${after})${modifier}`;
  return `(?:${before}((?:${source})(?:${after}${before}(?:${source}))*)${after})${modifier === '*' ? '?' : ''}`;
}

const firstOf = (text: string): string => String.fromCodePoint(text.codePointAt(0)!);
const isNumbered = (name: string): boolean => /^[0-9]/.test(name);

export const patternString = (parts: readonly Part[], options: PatternOptions): string => parts.map((part, index) => textOf(part, parts[index - 1], parts[index + 1], options)).join('');

function textOf(part: Part, previous: Part | undefined, next: Part | undefined, options: PatternOptions): string {
  const { type, value, modifier, name, prefix, suffix } = part;
  if (type === 'fixed-text') return modifier === '' ? escapePattern(value) : `{${escapePattern(value)}}${modifier}`;
  const hasName = !isNumbered(name);
  const grouped = needsGrouping(part, hasName, previous, next, options);
  let text = escapePattern(prefix);
  if (hasName) text += `:${name}`;
  if (type === 'regexp') {
    text += `(${value})`;
  } else if (type === 'segment-wildcard') {
    if (!hasName) text += `(${segmentWildcard(options)})`;
    // The suffix must not be read as a part of the name.
    else if (suffix !== '' && isNameCharacter(firstOf(suffix), false)) text += '\\';
  } else {
    text += !hasName && (previous === undefined || previous.type === 'fixed-text' || previous.modifier !== '' || grouped || prefix !== '') ? '*' : `(${FULL_WILDCARD})`;
  }
  text += escapePattern(suffix);
  return `${grouped ? `{${text}}` : text}${modifier}`;
}

/** Whether the part reads as another one without braces around it. */
function needsGrouping({ type, modifier, prefix, suffix }: Part, hasName: boolean, previous: Part | undefined, next: Part | undefined, options: PatternOptions): boolean {
  if (suffix !== '' || prefix !== '' && prefix !== options.prefix) return true;
  if (hasName && type === 'segment-wildcard' && modifier === '' && next !== undefined && next.prefix === '' && next.suffix === '') {
    if (next.type === 'fixed-text' ? isNameCharacter(firstOf(next.value), false) : isNumbered(next.name)) return true;
  }
  return prefix === '' && options.prefix !== '' && previous?.type === 'fixed-text' && previous.value.endsWith(options.prefix);
}
