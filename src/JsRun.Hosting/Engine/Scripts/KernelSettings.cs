using System.Text;
using System.Text.Json;

namespace JsRun.Engine.Scripts;

/// <summary>What a context is told before any user code runs. Mirrors <c>JavaScript/src/kernel/settings.ts</c>.</summary>
internal sealed record KernelSettings(
    JsSurface Surface,
    IReadOnlyDictionary<string, string> Env,
    int MaxTimers,
    int MaxConsoleBytes,
    long MaxWasmBytes,
    int MaxValueDepth,
    long MaxValueBytes,
    bool Bindings = false)
{
    /// <summary>Whether contexts are hardened, and each request has an instance of its function's modules.</summary>
    public bool Hardened { get; init; }

    /// <summary>Whether contexts remember their built-ins, so that they can tell what scripts have changed.</summary>
    public bool Watched { get; init; }

    /// <summary>By hand: it is needed at the start of every process, and a serializer's metadata would take some hundred methods that are compiled then.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("surface", Surface == JsSurface.Full ? "Full" : "Contained");
            writer.WriteStartObject("env");
            foreach (var (name, value) in Env)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
            writer.WriteNumber("maxTimers", MaxTimers);
            writer.WriteNumber("maxConsoleBytes", MaxConsoleBytes);
            writer.WriteNumber("maxWasmBytes", MaxWasmBytes);
            writer.WriteNumber("maxValueDepth", MaxValueDepth);
            writer.WriteNumber("maxValueBytes", MaxValueBytes);
            writer.WriteBoolean("bindings", Bindings);
            if (Hardened)
            {
                writer.WriteBoolean("hardened", true);
            }

            if (Watched)
            {
                writer.WriteBoolean("watched", true);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
