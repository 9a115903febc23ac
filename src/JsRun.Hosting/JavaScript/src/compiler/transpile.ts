// Types and JSX go; everything else stays as it is, on its line. ES modules stay modules: linking is ours.
import { transform, type Options, type Transform } from 'sucrase';
import { CompileError, fromParser } from './errors.ts';

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
  const options: Partial<Options> = { jsxRuntime: 'automatic' };
  let factory = false;
  for (const [, name, value] of HEAD.exec(source)![0].matchAll(PRAGMA) as Iterable<[string, string, string]>) {
    switch (name) {
      case 'jsxRuntime':
        if (value !== 'automatic' && value !== 'classic') {
          throw new CompileError(`@jsxRuntime must be 'automatic' or 'classic', not '${value}'`, { line: 1, column: 1 });
        }
        options.jsxRuntime = value;
        break;
      case 'jsxImportSource': options.jsxImportSource = value; break;
      case 'jsx': options.jsxPragma = value; factory = true; break;
      case 'jsxFrag': options.jsxFragmentPragma = value; factory = true; break;
    }
  }
  // A factory only makes sense in the classic runtime: naming one asks for it, as in esbuild's and TypeScript's reading of old sources.
  if (factory && !/@jsxRuntime\s+automatic/.test(HEAD.exec(source)![0])) options.jsxRuntime = 'classic';
  return options;
}
