namespace JsRun.Generators;

internal enum MemberKind
{
    /// <summary>A method without a result.</summary>
    Action,

    /// <summary>A method with a result.</summary>
    Function,

    /// <summary>A method that returns a <c>Task</c>, with or without a value.</summary>
    Task,

    /// <summary>A method that returns a <c>ValueTask</c>, with or without a value.</summary>
    ValueTask,

    Property,
}
