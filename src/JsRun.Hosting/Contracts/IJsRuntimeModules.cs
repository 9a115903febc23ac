namespace JsRun;

/// <summary>The modules that the scripts of a runtime can import (<see cref="IJsRuntime.Modules"/>). A change applies from the next import on. Thread-safe.</summary>
public interface IJsRuntimeModules
{
    /// <summary>Gets or sets the function that maps a specifier to a URL.</summary>
    /// <value>The default is that of <see cref="JsModuleOptions.Resolver"/>. <see langword="null"/> removes it.</value>
    /// <exception cref="ObjectDisposedException">The runtime has been disposed of.</exception>
    JsModuleResolver? Resolver { get; set; }

    /// <summary>Gets or sets the function that loads modules that are not static, asynchronously. A runtime has one loader: setting this one removes <see cref="SyncLoader"/>.</summary>
    /// <value>The default is that of <see cref="JsModuleOptions.Loader"/>. <see langword="null"/> removes it.</value>
    /// <exception cref="ObjectDisposedException">The runtime has been disposed of.</exception>
    JsModuleLoader? Loader { get; set; }

    /// <summary>Gets or sets the function that loads modules that are not static, synchronously: <c>IJsRuntime.Import</c> can use it as well. A runtime has one loader: setting this one removes <see cref="Loader"/>.</summary>
    /// <value>The default is that of <see cref="JsModuleOptions.SyncLoader"/>. <see langword="null"/> removes it.</value>
    /// <exception cref="ObjectDisposedException">The runtime has been disposed of.</exception>
    JsSyncModuleLoader? SyncLoader { get; set; }

    /// <summary>Adds a static module, importable as its name, as <c>static:name</c> and as <c>jsrun://static/name</c>. A module that has been imported stays as it is.</summary>
    /// <param name="name">The name; any text but <c>.</c> and <c>..</c>.</param>
    /// <param name="source">The source; a string is code, or whatever an import's <c>type</c> asks for.</param>
    /// <exception cref="ArgumentException">The name is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="ObjectDisposedException">The runtime has been disposed of.</exception>
    void Add(string name, JsModuleSource source);
}
