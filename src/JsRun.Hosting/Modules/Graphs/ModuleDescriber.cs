using System.Collections.Immutable;
using JsRun.Modules.Compilation;
using JsRun.Modules.Resolution;
using JsRun.Modules.Sources;

namespace JsRun.Modules.Graphs;

/// <summary>Makes of a module's source what a context needs of it: data, WebAssembly, or compiled code, with the URLs of its imports. Thread-safe.</summary>
/// <param name="compiler">Compiles modules.</param>
/// <param name="globals">For modules of which instances are made: how their free names are compiled.</param>
internal sealed class ModuleDescriber(IModuleCompiler compiler, GlobalScope? globals = null)
{
    /// <summary>Finds the URLs of a module's imports, by their specifiers.</summary>
    public delegate ImmutableDictionary<string, string> ImportResolver(SourceFile file, string url, ModuleShape shape);

    /// <summary>Describes a module.</summary>
    /// <param name="file">The source.</param>
    /// <param name="url">The module's URL.</param>
    /// <param name="type">The import attribute <c>type</c>, or <see langword="null"/>.</param>
    /// <param name="kind">What the application says the source is; <see langword="null"/> for a file, whose extension says it.</param>
    /// <param name="resolve">Resolves its imports.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JsModuleException">It is not what it is imported as, does not compile, or imports what cannot be resolved.</exception>
    public async ValueTask<ModuleDescription> DescribeAsync(SourceFile file, string url, string? type, JsModuleSourceKind? kind, ImportResolver resolve, CancellationToken cancellationToken)
    {
        if (type is not null)
        {
            if (kind is { } imported)
            {
                RuntimeModuleFormat.Check(url, type, imported);
            }

            return ModuleContent.Describe(url, type, file);
        }

        if (kind is { } declared)
        {
            RuntimeModuleFormat.CheckCode(url, declared);
        }

        if (kind is null ? ModuleFormat.IsWasm(file.Path) : RuntimeModuleFormat.IsWasm(kind.Value, file.RawBytes))
        {
            var wasm = ModuleContent.DescribeWasm(url, file);
            return wasm with { Resolved = resolve(file, url, wasm.Shape!) };
        }

        var compiled = await compiler.CompileAsync(file.Text, kind is { } code ? RuntimeModuleFormat.FileName(url, code) : ModuleUrl.Show(url), globals, cancellationToken).ConfigureAwait(false);
        if (compiled.Error is { } error)
        {
            throw ModuleErrors.At(file, url, error.Line, error.Column, error.Message, isSyntax: true);
        }

        var shape = compiled.Shape!;
        return new ModuleDescription(url, ModuleKind.Js) { Code = compiled.Code, Shape = shape, Resolved = resolve(file, url, shape), ContentHash = file.Hash };
    }
}
