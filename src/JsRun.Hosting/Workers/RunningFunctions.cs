using System.IO.MemoryMappedFiles;

namespace JsRun.Workers;

/// <summary>
/// A file that both processes have mapped, in which each isolate of a worker notes the function that it runs: when the worker has died, the host reads which ones ran. Thread-safe.
/// </summary>
internal sealed class RunningFunctions : IDisposable
{
    private const int Slots = 1024;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private int _next;

    private RunningFunctions(MemoryMappedFile file)
    {
        _file = file;
        _view = file.CreateViewAccessor(0, Slots * sizeof(int));
    }

    public static RunningFunctions Create(string path) => new(MemoryMappedFile.CreateFromFile(path, FileMode.CreateNew, null, Slots * sizeof(int)));

    public static RunningFunctions Open(string path) => new(MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0));

    /// <summary>A place for one isolate. If there are more isolates than places some of them share one, and the last to write is seen.</summary>
    public int Reserve() => Interlocked.Increment(ref _next) % Slots * sizeof(int);

    /// <param name="place">The isolate's place.</param>
    /// <param name="function">The function's number, or 0 if none runs.</param>
    public void Note(int place, int function) => _view.Write(place, function);

    /// <summary>The functions that run now, or ran when the worker died.</summary>
    public IReadOnlyList<int> Read()
    {
        var functions = new HashSet<int>();
        for (var place = 0; place < Slots; place++)
        {
            if (_view.ReadInt32(place * sizeof(int)) is > 0 and var function)
            {
                functions.Add(function);
            }
        }

        return [.. functions];
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
