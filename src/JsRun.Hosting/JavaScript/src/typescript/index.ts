// TypeScript's own compiler. The compiler's isolate loads it when the first module needs it. It removes types, and compiles JSX, enums, namespaces, parameter properties and decorators to
// JavaScript. It checks no types.
import ts from 'typescript-compiler';

export interface Diagnostic { offset: number; message: string }

export interface Emitted {
  code: string;
  /** The mappings of its source map. */
  mappings: string;
  mistakes: Diagnostic[];
}

/** What the pragmas at the head of a file ask for. */
export interface JsxOptions { classic?: boolean; factory?: string; fragment?: string; importSource?: string }

export interface EmitOptions { extension: string; jsx: JsxOptions }

export function emit(source: string, { extension, jsx }: EmitOptions): Emitted {
  const mistakes: Diagnostic[] = [];
  const { outputText, sourceMapText, diagnostics = [] } = ts.transpileModule(source, {
    fileName: `module.${extension}`,
    reportDiagnostics: true,
    transformers: {
      before: [() => (file) => {
        collectUnsupported(file, mistakes);
        return file;
      }],
    },
    compilerOptions: {
      // Syntax that V8 does not have is compiled: decorators, accessors, `using`.
      target: ts.ScriptTarget.ES2025,
      module: ts.ModuleKind.ESNext,
      moduleDetection: ts.ModuleDetectionKind.Force,
      // TypeScript itself reads pragmas in block comments only.
      ...(jsx.classic
        ? { jsx: ts.JsxEmit.React, jsxFactory: jsx.factory ?? 'React.createElement', jsxFragmentFactory: jsx.fragment ?? 'React.Fragment' }
        : { jsx: ts.JsxEmit.ReactJSX, ...(jsx.importSource !== undefined && { jsxImportSource: jsx.importSource }) }),
      newLine: ts.NewLineKind.LineFeed,
      isolatedModules: true,
      sourceMap: true,
    },
  });
  for (const { start, messageText } of diagnostics) mistakes.push({ offset: start ?? 0, message: ts.flattenDiagnosticMessageText(messageText, ' ').replace(/\.$/, '') });
  return { code: outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, ''), mappings: (JSON.parse(sourceMapText!) as { mappings: string }).mappings, mistakes };
}

/** Syntax that has no meaning in an ES module, and that TypeScript would leave out without an error. */
function collectUnsupported(file: ts.SourceFile, mistakes: Diagnostic[]): void {
  for (const statement of file.statements) {
    const offset = statement.getStart(file);
    if (ts.isExportAssignment(statement) && statement.isExportEquals === true) {
      mistakes.push({ offset, message: "'export =' is not supported: modules are ES modules. Use 'export default'" });
    } else if (ts.isImportEqualsDeclaration(statement) && !statement.isTypeOnly && ts.isExternalModuleReference(statement.moduleReference)) {
      mistakes.push({ offset, message: "'import x = require()' is not supported: modules are ES modules. Use 'import x from'" });
    }
  }
}

Object.defineProperty(globalThis, '__jsrunEmit', { value: emit });
