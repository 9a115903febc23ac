import type { Pattern } from 'acorn';

/** The names that a binding pattern declares. */
export function patternNames(pattern: Pattern, names: string[] = []): string[] {
  switch (pattern.type) {
    case 'Identifier': names.push(pattern.name); break;
    case 'ObjectPattern': for (const property of pattern.properties) patternNames(property.type === 'Property' ? property.value : property.argument, names); break;
    case 'ArrayPattern': for (const element of pattern.elements) if (element) patternNames(element, names); break;
    case 'AssignmentPattern': patternNames(pattern.left, names); break;
    case 'RestElement': patternNames(pattern.argument, names); break;
  }
  return names;
}
