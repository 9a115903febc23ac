using System.Collections.Concurrent;
using JsRun.Engine.Isolates;
using JsRun.Engine.Operations;

namespace JsRun.Workers.Serving;

/// <summary>In a worker: notes which functions run in the file that the host reads. Thread-safe.</summary>
internal sealed class WorkerRunJournal(WorkerIdentity worker) : IRunJournal, IDisposable
{
    private readonly RunningFunctions _running = RunningFunctions.Open(worker.Settings.RunningFile);
    private readonly ConcurrentDictionary<string, int> _ids = new(StringComparer.Ordinal);

    public void Add(string function, int id) => _ids[function] = id;

    public int Reserve() => _running.Reserve();

    public void Note(int place, Operation? operation) => _running.Note(place, operation is not null && _ids.TryGetValue(operation.Name, out var id) ? id : 0);

    public void Dispose() => _running.Dispose();
}
