namespace JsRun.Engine.Native;

/// <summary>
/// What each function that V8 calls does with an exception. None may leave into V8, which has no frames for it: the process would end without a word about where. A function returns to V8
/// as if nothing had happened only if that is safe; otherwise the process ends at once, with a message that names the boundary.
/// </summary>
internal static class NativeBoundary
{
    /// <summary>Ends the process.</summary>
    /// <param name="boundary">The function of V8 that was hooked, or that was given the callback.</param>
    /// <param name="error">What was thrown.</param>
    /// <returns>It does not return. The caller throws the result, so that the compiler knows.</returns>
    public static Exception Fail(string boundary, Exception error)
    {
        Environment.FailFast(Describe(boundary, error), error);
        return error;
    }

    /// <summary>Goes on in V8 after an exception. The caller says in a comment what happens instead, and why that is safe.</summary>
    public static void Ignore(string boundary, Exception error) => System.Diagnostics.Debug.WriteLine(Describe(boundary, error));

    /// <summary>The message: what failed, and where.</summary>
    public static string Describe(string boundary, Exception error) => $"JsRun: the code that V8 calls for {boundary} threw an exception, which must not reach V8: {error.GetType().Name}: {error.Message}";
}
