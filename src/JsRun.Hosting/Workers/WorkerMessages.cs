using JsRun.Modules.Compilation;

namespace JsRun.Workers;

#pragma warning disable MA0048, SA1402 // The vocabulary of one protocol.

/// <summary>A function that a worker is to deploy.</summary>
/// <param name="Id">Its number in the host.</param>
/// <param name="Name">Its name in logs.</param>
/// <param name="Root">The folder that its imports must not leave.</param>
/// <param name="File">Its file.</param>
/// <param name="Generation">The number of the version, if it can be deployed.</param>
internal sealed record FunctionOrder(int Id, string Name, string Root, string File, int Generation);

/// <summary>The outcome of a deployment in a worker.</summary>
internal sealed record FunctionReport(int Id, EdgeFunctionState State, int Generation, JsImageTier Tier, string? TierReason, string? Error, IReadOnlyList<string> Files);

/// <summary>A request of a script's <c>fetch</c>. Its body, if it has one, and the response's follow in the pipe that comes with it.</summary>
/// <param name="Token">The token of the request on whose behalf it is made; empty if there is none.</param>
/// <param name="Method">The method.</param>
/// <param name="Url">The absolute URL.</param>
/// <param name="Headers">The headers, flat.</param>
/// <param name="HasBody">Whether there is a body.</param>
/// <param name="Length">The length of the body in bytes; negative if it is not known.</param>
internal sealed record FetchOrder(string Token, string Method, string Url, string Headers, bool HasBody, long Length);

/// <summary>The head of a response to <see cref="FetchOrder"/>, or the error.</summary>
internal sealed record FetchReport(int Status, string ReasonPhrase, string Headers, bool HasBody, BrokerError? Error);

/// <summary>A WebSocket that a script opens. Its messages follow in the pipe that comes with it.</summary>
internal sealed record SocketOrder(string Token, string Url, IReadOnlyList<string> Protocols);

/// <summary>The protocol that the server chose, or the error.</summary>
internal sealed record SocketReport(string? Protocol, BrokerError? Error);

/// <summary>An error that a script gets.</summary>
/// <param name="Kind">The type of the error.</param>
/// <param name="Message">The message, for the script.</param>
/// <param name="Permission">The permission that was missing.</param>
internal sealed record BrokerError(BrokerErrorKind Kind, string Message, string? Permission = null);

/// <summary>The types of errors that the broker answers with.</summary>
internal enum BrokerErrorKind
{
    /// <summary>The network failed.</summary>
    Network,

    /// <summary>Code of the application failed.</summary>
    Host,

    /// <summary>A permission is missing.</summary>
    Permission,

    /// <summary>Too many subrequests.</summary>
    Limit,
}

/// <summary>A module that is to be compiled.</summary>
/// <param name="Source">The module's text.</param>
/// <param name="FileName">Its path under the root.</param>
/// <param name="Scope">For a module of which instances are made: how its free names are compiled.</param>
internal sealed record CompileOrder(string Source, string FileName, GlobalScope? Scope);

/// <summary>The outcome of <see cref="CompileOrder"/>.</summary>
/// <param name="Module">The compiled module as it is kept on a disk; <see langword="null"/> if it cannot be, and the worker compiles it.</param>
/// <param name="Error">The author's mistake.</param>
internal sealed record CompileReport(byte[]? Module, CompileFailure? Error);

/// <summary>An entry of a worker's log.</summary>
internal sealed record WorkerLogEntry(string Category, int Level, int EventId, string? EventName, string Message, IReadOnlyList<KeyValuePair<string, string?>> Properties, string? Exception);
