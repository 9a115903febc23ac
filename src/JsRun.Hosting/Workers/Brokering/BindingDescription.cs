namespace JsRun.Workers.Brokering;

#pragma warning disable MA0048, SA1402 // The vocabulary of one protocol.

/// <summary>A binding of the host's as a worker makes it again: data, a function, an object with members that ask the host, or a dictionary of those. One of the properties is set.</summary>
internal sealed record BindingDescription
{
    /// <summary>A copy of the data.</summary>
    public PackedValue? Value { get; init; }

    public FunctionDescription? Function { get; init; }

    public IReadOnlyList<MemberDescription>? Object { get; init; }

    public IReadOnlyDictionary<string, BindingDescription>? Members { get; init; }
}

/// <summary>A function that runs in the host.</summary>
/// <param name="Id">Its number in the group.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsAsync">Whether it always returns a promise.</param>
/// <param name="Mode">The mode of an op.</param>
internal sealed record FunctionDescription(int Id, string Name, bool IsAsync, JsOpMode? Mode);

/// <summary>A member of an object: a function, or a property with its getter and setter.</summary>
internal sealed record MemberDescription(string Name, FunctionDescription? Function, FunctionDescription? Get, FunctionDescription? Set);
