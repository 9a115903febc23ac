namespace JsRun.Bindings;

/// <summary>The last exceptions that crossed into a context, so that one that nobody catches there comes back as what it was. Used on the isolate's thread.</summary>
internal sealed class HostErrors
{
    /// <summary>The number of errors that are remembered: a script may hold any number, the host does not hold their exceptions for ever.</summary>
    public const int Capacity = 128;

    private readonly Exception?[] _recent = new Exception?[Capacity];
    private int _last;

    /// <summary>Remembers an exception under a number, from 1.</summary>
    public int Add(Exception exception)
    {
        _recent[_last % Capacity] = exception;
        return ++_last;
    }

    /// <summary>The exception, unless it is too long ago.</summary>
    public Exception? Find(int id) => id > 0 && id <= _last && id > _last - Capacity ? _recent[(id - 1) % Capacity] : null;
}
