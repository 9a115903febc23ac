namespace JsRun;

/// <summary>
/// Options for the modules of a runtime. Nothing can be imported by default. A specifier is given to <see cref="Resolver"/>, then to <see cref="ImportMap"/>, then looked up among the
/// static modules (<see cref="Static"/>, <see cref="IJsRuntimeModules.Add"/>); what is not static is loaded by <see cref="Loader"/> or <see cref="SyncLoader"/>.
/// </summary>
/// <remarks>Read when the runtime is created; later changes have no effect. Not thread-safe while it is being filled.</remarks>
public sealed class JsModuleOptions
{
    /// <summary>Gets or sets what says which URL a specifier stands for.</summary>
    /// <value>The default is <see langword="null"/>: the import map, the static modules and the rules for relative specifiers decide.</value>
    public JsModuleResolver? Resolver { get; set; }

    /// <summary>Gets or sets what loads modules that are not static, asynchronously.</summary>
    /// <value>The default is <see langword="null"/>: the application's <see cref="IJsModuleLoader"/>, if it has registered one. Not together with <see cref="SyncLoader"/>.</value>
    public JsModuleLoader? Loader { get; set; }

    /// <summary>Gets or sets what loads modules that are not static, at once.</summary>
    /// <value>The default is <see langword="null"/>: see <see cref="Loader"/>. Not together with <see cref="Loader"/>.</value>
    public JsSyncModuleLoader? SyncLoader { get; set; }

    /// <summary>Gets or sets what bare specifiers stand for (<see href="https://html.spec.whatwg.org/multipage/webappapis.html#import-maps"/>).</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public JsImportMap? ImportMap { get; set; }

    /// <summary>Gets the static modules by name, from the start on.</summary>
    /// <value>Empty by default.</value>
    public IDictionary<string, JsModuleSource> Static { get; } = new Dictionary<string, JsModuleSource>(StringComparer.Ordinal);
}
