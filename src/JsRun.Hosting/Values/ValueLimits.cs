namespace JsRun.Values;

/// <summary>The limits of a value that crosses.</summary>
/// <param name="Depth">How many objects may lie in each other; the outermost one is the first.</param>
/// <param name="Bytes">How large it may be, as <see cref="ValueCost"/> counts.</param>
internal sealed record ValueLimits(int Depth, long Bytes)
{
    public const int DefaultDepth = 100;
    public const long DefaultBytes = 10 << 20;

    public static ValueLimits Default { get; } = new(DefaultDepth, DefaultBytes);

    /// <summary>Of errors, which the kernel bounds itself.</summary>
    public static ValueLimits Thrown { get; } = new(DefaultDepth, long.MaxValue);

    public JsConversionException TooDeep() => new($"Depth exceeded maximum limit of {Depth}");

    public JsConversionException TooLarge(long size) => new($"Size ({size} bytes) exceeded maximum limit of {Bytes} bytes");

    public JsConversionException TooLong(long size) => new($"String size limit exceeded: {size} > {Bytes}");
}
