using JsRun.Engine.Operations;

namespace JsRun.Engine.Isolates;

/// <summary>Notes for which operation each isolate runs JavaScript, where it can be read after the process has died. Thread-safe.</summary>
internal interface IRunJournal
{
    /// <summary>Reserves a place for one isolate.</summary>
    int Reserve();

    /// <summary>Notes what an isolate runs.</summary>
    /// <param name="place">The isolate's place.</param>
    /// <param name="operation">The operation, or <see langword="null"/> if none is known or nothing runs.</param>
    void Note(int place, Operation? operation);
}
