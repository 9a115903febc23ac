using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using JsRun.Modules.Compilation;
using JsRun.Modules.Sources;

namespace JsRun.Modules.Graphs;

/// <summary>
/// Writes a graph as the linker reads it (<c>JavaScript/src/linker/graph.ts</c>). By hand: every function is written at the start of a process, and a serializer's metadata take longer to
/// compile than all of them to write.
/// </summary>
internal static class ModuleGraphWriter
{
    // Read by JSON.parse only, never by an HTML parser: what needs no escaping stays as it is.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static string Write(ImmutableArray<ModuleDescription> modules)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("modules");
            foreach (var module in modules)
            {
                WriteModule(writer, module);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void WriteModule(Utf8JsonWriter writer, ModuleDescription module)
    {
        writer.WriteStartObject();
        writer.WriteString("url", module.Url);
        writer.WriteString("kind", NameOf(module.Kind));
        WriteOptional(writer, "type", module.Type);
        WriteOptional(writer, "source", module.Source);
        if (module.Error is { } error)
        {
            writer.WriteStartObject("error");
            writer.WriteString("name", error.Name);
            writer.WriteString("message", error.Message);
            writer.WriteEndObject();
        }

        if (module.Resolved is { } resolved)
        {
            writer.WriteStartObject("resolved");
            foreach (var (specifier, url) in resolved)
            {
                writer.WriteString(specifier, url);
            }

            writer.WriteEndObject();
        }

        if (module.Shape is { } shape)
        {
            writer.WriteStartObject("shape");
            WriteShape(writer, shape);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteShape(Utf8JsonWriter writer, ModuleShape shape)
    {
        WriteRequests(writer, "imports", shape.Imports);
        writer.WriteStartArray("bindings");
        foreach (var binding in shape.Bindings)
        {
            writer.WriteStartObject();
            WriteImported(writer, binding.From, binding.Name, binding.Line, binding.Column);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("locals");
        foreach (var local in shape.Locals)
        {
            writer.WriteStartObject();
            writer.WriteString("exported", local.Exported);
            writer.WriteString("local", local.Local);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("indirect");
        foreach (var export in shape.Indirect)
        {
            writer.WriteStartObject();
            writer.WriteString("exported", export.Exported);
            WriteImported(writer, export.From, export.Name, export.Line, export.Column);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("stars");
        foreach (var star in shape.Stars)
        {
            writer.WriteNumberValue(star);
        }

        writer.WriteEndArray();
        WriteRequests(writer, "dynamic", shape.Dynamic);
        writer.WriteBoolean("async", shape.Async);
        WriteOptional(writer, "positions", shape.Positions);
        if (shape.Disposes)
        {
            writer.WriteBoolean("disposes", true);
        }
    }

    private static void WriteRequests(Utf8JsonWriter writer, string name, ImmutableArray<ModuleRequest> requests)
    {
        writer.WriteStartArray(name);
        foreach (var request in requests)
        {
            writer.WriteStartObject();
            writer.WriteString("specifier", request.Specifier);
            WriteOptional(writer, "type", request.Type);
            WritePlace(writer, request.Line, request.Column);
        }

        writer.WriteEndArray();
    }

    // Without a name it is null, not absent.
    private static void WriteImported(Utf8JsonWriter writer, int from, string? name, int line, int column)
    {
        writer.WriteNumber("from", from);
        writer.WriteString("name", name);
        WritePlace(writer, line, column);
    }

    private static void WritePlace(Utf8JsonWriter writer, int line, int column)
    {
        writer.WriteNumber("line", line);
        writer.WriteNumber("column", column);
        writer.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static string NameOf(ModuleKind kind) => kind switch
    {
        ModuleKind.Js => "js",
        ModuleKind.Json => "json",
        ModuleKind.Text => "text",
        ModuleKind.Bytes => "bytes",
        ModuleKind.WebAssembly => "webassembly",
        ModuleKind.Wasm => "wasm",
        _ => "error",
    };
}
