namespace JsRun;

/// <summary>
/// An object that lists its own members for JavaScript. The source generator implements it for classes with <see cref="JsExportAttribute"/>; a class may as well do so by hand.
/// </summary>
/// <remarks>Called when an object is bound, by each runtime that binds it: an object that several runtimes bind must be thread-safe.</remarks>
public interface IJsExportable
{
    /// <summary>Lists the members. Called once for each time that the object is bound, on the binder's thread.</summary>
    /// <param name="exports">Where they go.</param>
    void Export(JsExports exports);
}
