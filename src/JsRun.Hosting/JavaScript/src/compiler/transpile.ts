// Types and JSX go; everything else stays as it is, on its line. ES modules stay modules: linking is ours.
import { transform, type Options, type Transform } from 'sucrase';
import { CompileError, fromParser } from './errors.ts';
import { positionAt } from '../text-lines.ts';

const TRANSFORMS: Record<string, Transform[]> = {
  ts: ['typescript'],
  mts: ['typescript'],
  tsx: ['typescript', 'jsx'],
  jsx: ['jsx'],
};

export function transpile(source: string, fileName: string): string {
  const extension = /\.([cm]?[jt]sx?)$/i.exec(fileName)?.[1]?.toLowerCase() ?? 'js';
  const transforms = TRANSFORMS[extension];
  if (transforms === undefined) return source;
  try {
    return transform(source, {
      transforms,
      production: true,
      disableESTransforms: true,
      preserveDynamicImport: true,
      ...jsxOptions(source),
    }).code;
  } catch (error) {
    throw fromParser(error, source);
  }
}

/** White space and comments before the first token, a hashbang included: pragmas count only there. */
const HEAD = /^\uFEFF?(?:#!.*)?(?:\s|\/\/.*|\/\*[^]*?\*\/)*/;
const PRAGMA = /@(jsx|jsxFrag|jsxImportSource|jsxRuntime)[^\S\r\n]+(\S+)/g;

function jsxOptions(source: string): Partial<Options> {
  const options: Partial<Options> = {};
  for (const { 1: name, 2: value, index } of HEAD.exec(source)![0].matchAll(PRAGMA) as Iterable<RegExpExecArray & { 2: string }>) {
    switch (name) {
      case 'jsx': options.jsxPragma = value; break;
      case 'jsxFrag': options.jsxFragmentPragma = value; break;
      case 'jsxImportSource': options.jsxImportSource = value; break;
      default:
        if (value !== 'automatic' && value !== 'classic') throw new CompileError(`@jsxRuntime must be 'automatic' or 'classic', not '${value}'`, positionAt(source, index));
        options.jsxRuntime = value;
    }
  }
  // Only the classic runtime has factories: naming one asks for it.
  options.jsxRuntime ??= options.jsxPragma !== undefined || options.jsxFragmentPragma !== undefined ? 'classic' : 'automatic';
  return options;
}
