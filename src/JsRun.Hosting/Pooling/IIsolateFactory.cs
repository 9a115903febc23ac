namespace JsRun.Pooling;

/// <summary>Makes the isolates of one pool.</summary>
/// <typeparam name="TIsolate">Their type.</typeparam>
internal interface IIsolateFactory<TIsolate>
    where TIsolate : class, IPooledIsolate
{
    /// <summary>Creates an isolate, warm.</summary>
    /// <param name="pool">Whom to tell when turns end and when it is lost.</param>
    /// <param name="stopping">The pool ends: what the isolate runs while it is warmed is interrupted.</param>
    Task<TIsolate> CreateAsync(IsolatePool<TIsolate> pool, CancellationToken stopping);
}
