namespace JsRun.WebApi.Crypto;

/// <summary>
/// Keeps one instance of what is dear to make and must not be used by two threads at once; makes more while that is out.
/// </summary>
internal sealed class Lender<T>(Func<T> create) : IDisposable
    where T : class, IDisposable
{
    private T? _idle;
    private volatile bool _closed;

    public TResult Use<TArgument, TResult>(TArgument argument, Func<T, TArgument, TResult> use)
    {
        var instance = Interlocked.Exchange(ref _idle, null) ?? create();
        try
        {
            return use(instance, argument);
        }
        finally
        {
            Give(instance);
        }
    }

    public void Dispose()
    {
        _closed = true;
        Interlocked.Exchange(ref _idle, null)?.Dispose();
    }

    private void Give(T instance)
    {
        if (_closed || Interlocked.CompareExchange(ref _idle, instance, null) is not null)
        {
            instance.Dispose();
        }
        else if (_closed)
        {
            Interlocked.Exchange(ref _idle, null)?.Dispose();
        }
    }
}
