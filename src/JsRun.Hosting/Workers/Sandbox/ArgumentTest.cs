namespace JsRun.Workers.Sandbox;

/// <summary>What an argument of a system call has to fulfil.</summary>
internal enum ArgumentTest
{
    /// <summary>Its low 32 bits are one of the values.</summary>
    OneOf,

    /// <summary>Its low 32 bits are none of the values.</summary>
    NoneOf,

    /// <summary>It has none of the bits of the value.</summary>
    NoBits,

    /// <summary>It has all bits of the value.</summary>
    AllBits,

    /// <summary>All of its 64 bits are zero.</summary>
    IsNull,
}
