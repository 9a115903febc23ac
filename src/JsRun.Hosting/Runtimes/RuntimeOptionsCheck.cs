using JsRun.Limits;

namespace JsRun.Runtimes;

/// <summary>Says what is wrong with the options of a runtime, before anything is made of them.</summary>
internal static class RuntimeOptionsCheck
{
    private const long MiB = 1 << 20;
    private const long GiB = 1 << 30;

    /// <exception cref="ArgumentException">Something is out of range, or does not go with something else.</exception>
    public static void Check(JsRuntimeOptions options)
    {
        RuntimeTimeout.Check(options.Timeout, Name(nameof(options.Timeout)));
        Range(options.MaxHeapBytes, 8 * MiB, 16 * GiB, nameof(options.MaxHeapBytes));
        Range(options.MaxArrayBufferBytes, MiB, 16 * GiB, nameof(options.MaxArrayBufferBytes));
        CheckContext(options);
        if (options.Snapshot is not null && options.Bootstrap.Count > 0)
        {
            throw new ArgumentException("JsRuntimeOptions.Snapshot and JsRuntimeOptions.Bootstrap cannot be used together: put the scripts into the snapshot.", nameof(options));
        }

        foreach (var script in options.Bootstrap)
        {
            ArgumentNullException.ThrowIfNull(script, Name(nameof(options.Bootstrap)));
            ArgumentException.ThrowIfNullOrEmpty(script.Name, "JsRuntimeOptions.Bootstrap[].Name");
            ArgumentNullException.ThrowIfNull(script.Code, "JsRuntimeOptions.Bootstrap[].Code");
        }
    }

    /// <inheritdoc cref="Check(JsRuntimeOptions)"/>
    public static void Check(JsRentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options.Group, "JsRentOptions.Group");
        RuntimeTimeout.Check(options.Timeout ?? Timeout.InfiniteTimeSpan, "JsRentOptions.Timeout");
        RuntimeTimeout.Check(options.CpuTime ?? Timeout.InfiniteTimeSpan, "JsRentOptions.CpuTime");
        CheckContext(options);
    }

    private static void CheckContext(JsContextOptions options)
    {
        var type = options.GetType().Name;
        Positive(options.MaxConversionDepth, 1000, $"{type}.{nameof(options.MaxConversionDepth)}");
        Positive(options.MaxConversionBytes, 512 * MiB, $"{type}.{nameof(options.MaxConversionBytes)}");
        ArgumentNullException.ThrowIfNull(options.Modules, $"{type}.{nameof(options.Modules)}");
    }

    private static void Positive(long value, long most, string name)
    {
        if (value < 1 || value > most)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a positive integer of at most {most}.");
        }
    }

    private static void Range(long? value, long least, long most, string property)
    {
        if (value is { } given && (given < least || given > most))
        {
            throw new ArgumentOutOfRangeException(Name(property), given, $"{Name(property)} must be from {ByteText.Of(least)} to {ByteText.Of(most)}.");
        }
    }

    private static string Name(string property) => $"JsRuntimeOptions.{property}";
}
