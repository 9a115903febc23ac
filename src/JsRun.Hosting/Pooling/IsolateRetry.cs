namespace JsRun.Pooling;

/// <summary>
/// Begins something anew on another isolate if its own was lost to somebody else's request, before anything that a caller could notice has run. (A request that its isolate never began is given
/// to the next by the function's own loop: nothing was thrown then.)
/// </summary>
internal static class IsolateRetry
{
    /// <summary>The number of isolates that may be lost in a row, less one.</summary>
    public const int MostAttempts = 5;

    /// <param name="attempt">Takes an isolate and does it there.</param>
    /// <param name="passes">Returns whether another exception, of the attempt with that number (the first is 1), says as little of what was tried; by default none does.</param>
    /// <exception cref="JsIsolateLostException">The last isolate was lost too.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> attempt, Func<Exception, int, bool>? passes = null)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (Exception e) when (number < MostAttempts && (e is JsIsolateLostException || passes?.Invoke(e, number) == true))
            {
                // The next isolate may live.
            }
        }
    }
}
