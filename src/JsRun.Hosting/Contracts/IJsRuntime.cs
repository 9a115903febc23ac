namespace JsRun;

/// <summary>
/// One context on one isolate, with its timers, modules and pending host calls. All members are thread-safe; what is called concurrently interleaves on the
/// isolate's own thread.
/// </summary>
public interface IJsRuntime : IAsyncDisposable, IDisposable
{
    /// <summary>Gets whether the runtime can be used.</summary>
    JsRuntimeState State { get; }

    /// <summary>Gets the modules that scripts can import: static modules, the resolver and the loader.</summary>
    IJsRuntimeModules Modules { get; }

    /// <summary>Gets whether the runtime accepts no more calls, because it was disposed of or terminated, or reached its heap limit: <see cref="State"/> is not <see cref="JsRuntimeState.Running"/>.</summary>
    bool IsClosed { get; }

    /// <summary>
    /// Runs a classic script and gives its completion value. Blocks the caller until it has ended; called from a host function, on the isolate's own thread, the script runs at once, within the one that
    /// called the host. What the scripts of a runtime declare at their top level they share: <c>let</c>, <c>const</c> and <c>class</c> too, which cannot be declared twice.
    /// </summary>
    /// <param name="code">The script.</param>
    /// <param name="options">How it is evaluated.</param>
    /// <param name="cancellationToken">Interrupts the script.</param>
    /// <returns>The value, as <see cref="EvaluateAsync(string, JsEvaluateOptions?, CancellationToken)"/> gives it.</returns>
    /// <exception cref="JavaScriptException">The script threw.</exception>
    /// <exception cref="InvalidOperationException">The value is a promise: use <see cref="EvaluateAsync(string, JsEvaluateOptions?, CancellationToken)"/>.</exception>
    /// <exception cref="JsConversionException">The value cannot cross, or is too large.</exception>
    /// <exception cref="JsTimeoutException">A limit of time was reached. The runtime goes on.</exception>
    /// <exception cref="JsMemoryLimitException">The isolate reached its heap limit. The runtime has ended.</exception>
    /// <exception cref="JsTerminatedException">The runtime was terminated.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled. The runtime goes on.</exception>
    /// <exception cref="ObjectDisposedException">The runtime has been disposed of.</exception>
    object? Evaluate(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Runs a classic script and gives its completion value as a .NET type.</summary>
    /// <typeparam name="T">What the value is read as: itself where it is of that type, numbers by value, everything else through System.Text.Json.</typeparam>
    /// <param name="code">The script.</param>
    /// <param name="options">How it is evaluated.</param>
    /// <param name="cancellationToken">Interrupts the script.</param>
    /// <returns>The value; <see langword="default"/> for <c>undefined</c> and <c>null</c>.</returns>
    /// <exception cref="JsConversionException">The value cannot be read as <typeparamref name="T"/>.</exception>
    /// <inheritdoc cref="Evaluate(string, JsEvaluateOptions?, CancellationToken)"/>
    T? Evaluate<T>(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Runs a classic script and gives its completion value, awaited where it is a promise.</summary>
    /// <param name="code">The script.</param>
    /// <param name="options">How it is evaluated.</param>
    /// <param name="cancellationToken">Interrupts the script.</param>
    /// <returns>
    /// The value: <see cref="JsUndefined.Value"/>, <see langword="null"/>, <see cref="bool"/>, <see cref="long"/> for safe integers, <see cref="double"/>, <see cref="System.Numerics.BigInteger"/>,
    /// <see cref="string"/>, <see cref="DateTimeOffset"/>, <see cref="List{T}"/>, <see cref="Dictionary{TKey, TValue}"/>, <see cref="JsMap"/>, <see cref="HashSet{T}"/>, arrays of numbers, <see cref="JsErrorValue"/>,
    /// <see cref="JsFunction"/>.
    /// </returns>
    /// <exception cref="JavaScriptException">The script threw or its promise was rejected.</exception>
    /// <exception cref="JsConversionException">The value cannot cross, or is too large.</exception>
    /// <exception cref="JsTimeoutException">A limit of time was reached. A runtime with an isolate of its own goes on.</exception>
    /// <exception cref="JsMemoryLimitException">The isolate reached its heap limit. The runtime has ended.</exception>
    /// <exception cref="JsTerminatedException">The runtime was terminated.</exception>
    /// <exception cref="JsIsolateLostException">The runtime is a leased one, and another took its isolate down.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled. A runtime with an isolate of its own goes on.</exception>
    /// <exception cref="ObjectDisposedException">The runtime has been disposed of.</exception>
    ValueTask<object?> EvaluateAsync(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Runs a classic script and gives its completion value, awaited where it is a promise, as a .NET type.</summary>
    /// <typeparam name="T">What the value is read as: itself where it is of that type, numbers by value, everything else through System.Text.Json.</typeparam>
    /// <param name="code">The script.</param>
    /// <param name="options">How it is evaluated.</param>
    /// <param name="cancellationToken">Interrupts the script.</param>
    /// <returns>The value; <see langword="default"/> for <c>undefined</c> and <c>null</c>.</returns>
    /// <exception cref="JavaScriptException">The script threw or its promise was rejected.</exception>
    /// <exception cref="JsConversionException">The value cannot be read as <typeparamref name="T"/>.</exception>
    /// <exception cref="JsTimeoutException">A limit of time was reached.</exception>
    /// <exception cref="JsMemoryLimitException">The isolate reached its heap limit.</exception>
    /// <exception cref="ObjectDisposedException">The runtime has been disposed of.</exception>
    ValueTask<T?> EvaluateAsync<T>(string code, JsEvaluateOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Evaluates an ES module with everything it imports, and waits for its top level.</summary>
    /// <param name="path">The module's file. Its folder, or <paramref name="root"/>, is where imports may lead.</param>
    /// <param name="root">The folder that imports must not leave; the default is the file's folder.</param>
    /// <param name="cancellationToken">Interrupts the module.</param>
    /// <returns>A task that ends with the top level.</returns>
    /// <exception cref="JsModuleException">A module was not found, or does not compile or link.</exception>
    /// <exception cref="JavaScriptException">The top level threw.</exception>
    ValueTask RunModuleAsync(string path, string? root = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stops the runtime for good, from any thread, whatever it does: running JavaScript is interrupted, all calls that run or wait fail with <see cref="JsTerminatedException"/>, and so do all that come. Does not
    /// block. The first call counts; the runtime still has to be disposed of.
    /// </summary>
    /// <param name="reason">Told to callers; the default is <c>Terminated by host request</c>.</param>
    void Terminate(string? reason = null);

    /// <summary>Evaluates a module with everything it imports, waits for its top level, and gives its exports. A module that has been evaluated is not evaluated again.</summary>
    /// <param name="specifier">The name of a static module, a URL, or what the resolver or the import map know.</param>
    /// <param name="options">How it is imported.</param>
    /// <param name="cancellationToken">Ends the loading, and interrupts the module.</param>
    /// <returns>The exports.</returns>
    /// <exception cref="JsModuleException">A module was not found, could not be loaded, or does not compile.</exception>
    /// <exception cref="JavaScriptException">A name that is imported is not exported, or a top level threw.</exception>
    /// <exception cref="JsConversionException">An export cannot cross.</exception>
    /// <exception cref="JsTimeoutException">Loading and evaluating took too long.</exception>
    /// <exception cref="ObjectDisposedException">The runtime has been disposed of.</exception>
    ValueTask<JsModuleNamespace> ImportAsync(string specifier, JsImportOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Evaluates the module of a file with everything it imports, as <see cref="RunModuleAsync"/> does, and gives its exports. Its URL is <c>file:///</c> and its path below the root.</summary>
    /// <param name="path">The module's file.</param>
    /// <param name="root">The folder that imports must not leave; the default is the file's folder.</param>
    /// <param name="options">How it is imported.</param>
    /// <param name="cancellationToken">Ends the loading, and interrupts the module.</param>
    /// <returns>The exports.</returns>
    /// <exception cref="JsModuleException">A module was not found, or does not compile or link.</exception>
    /// <exception cref="JavaScriptException">A name that is imported is not exported, or a top level threw.</exception>
    /// <exception cref="JsConversionException">An export cannot cross.</exception>
    /// <exception cref="JsTimeoutException">Loading and evaluating took too long.</exception>
    /// <exception cref="NotSupportedException"><see cref="JsImportOptions.Type"/> is set: a file of data is read without a runtime.</exception>
    /// <exception cref="ObjectDisposedException">The runtime has been disposed of.</exception>
    ValueTask<JsModuleNamespace> ImportFileAsync(string path, string? root = null, JsImportOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>The same as <see cref="ImportAsync"/>, while the calling thread waits. Only a synchronous loader (<see cref="JsSyncModuleLoader"/>) can be used, and no top level that awaits anything from outside.</summary>
    /// <param name="specifier">The name of a static module, a URL, or what the resolver or the import map know.</param>
    /// <param name="options">How it is imported.</param>
    /// <param name="cancellationToken">Ends the loading, and interrupts the module.</param>
    /// <returns>The exports.</returns>
    /// <exception cref="JsModuleException">A module was not found, could not be loaded, or does not compile; or the loader is an asynchronous one.</exception>
    /// <exception cref="JavaScriptException">A name that is imported is not exported, or a top level threw.</exception>
    /// <exception cref="JsConversionException">An export cannot cross.</exception>
    /// <exception cref="JsTimeoutException">Loading and evaluating took too long.</exception>
    /// <exception cref="InvalidOperationException">A top level waits for something.</exception>
    /// <exception cref="ObjectDisposedException">The runtime has been disposed of.</exception>
    JsModuleNamespace Import(string specifier, JsImportOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Says what the runtime has done and holds. Never waits for JavaScript.</summary>
    /// <returns>The numbers.</returns>
    /// <exception cref="ObjectDisposedException">The runtime has been disposed of.</exception>
    JsRuntimeStats GetStats();

    /// <summary>
    /// Gives scripts a function of the host's: the global <paramref name="name"/>. What had the name is replaced, and revoked if it was bound. JavaScript's arguments are read as the delegate's parameters:
    /// extra ones are ignored, or go into a <see langword="params"/> array; missing ones are the parameters' defaults, or <see langword="null"/> where that is allowed, else JavaScript gets a <c>TypeError</c>.
    /// Parameters of the types <see cref="CancellationToken"/>, <see cref="JsHostCall"/> and <see cref="IJsRuntime"/> are injected. A delegate that returns a <see cref="Task"/> or <see cref="ValueTask"/>
    /// answers with a promise, one that returns an <see cref="IAsyncEnumerable{T}"/> with a <c>ReadableStream</c>. Blocks the caller until the isolate's thread has come to it; from a host function it is done at once.
    /// </summary>
    /// <param name="name">The name of a property of the global object: any text.</param>
    /// <param name="handler">Called on the isolate's thread, in the execution context of the script's caller. What it awaits goes on on the thread pool. What it throws reaches scripts as an error with a <c>code</c>: see <see cref="JsHostException"/>.</param>
    /// <exception cref="ArgumentException">The delegate has parameters or a result that cannot cross.</exception>
    /// <exception cref="JavaScriptException">The global cannot be redefined.</exception>
    /// <exception cref="ObjectDisposedException">The runtime has been disposed of.</exception>
    void BindFunction(string name, Delegate handler);

    /// <summary>Gives scripts an object: the global <paramref name="name"/>. Its data is copied; delegates in it, however deep in dictionaries, are functions as of <see cref="BindFunction"/>.</summary>
    /// <param name="name">The name of a property of the global object: any text.</param>
    /// <param name="members">The members: any text may be a name.</param>
    /// <param name="mode">What becomes of an object that has the name.</param>
    /// <exception cref="ArgumentException">A delegate has parameters or a result that cannot cross.</exception>
    /// <exception cref="JsConversionException">A value cannot cross. Nothing has been bound.</exception>
    /// <exception cref="JavaScriptException">The global, or a member that is merged, cannot be redefined.</exception>
    /// <exception cref="ObjectDisposedException">The runtime has been disposed of.</exception>
    void BindObject(string name, IReadOnlyDictionary<string, object?> members, JsBindMode mode);

    /// <summary>Gives scripts an object of the host's: the global <paramref name="name"/>. Its methods are functions, its properties are read and written whenever scripts do so.</summary>
    /// <param name="name">The name of a property of the global object: any text.</param>
    /// <param name="exported">The object, mostly of a class with <see cref="JsExportAttribute"/>.</param>
    /// <param name="mode">What becomes of an object that has the name.</param>
    /// <exception cref="JavaScriptException">The global, or a member that is merged, cannot be redefined.</exception>
    /// <exception cref="ObjectDisposedException">The runtime has been disposed of.</exception>
    void BindObject(string name, IJsExportable exported, JsBindMode mode);

    /// <summary>
    /// Sets the global <paramref name="name"/> to a copy of a value: a number, a string, an array, an object with the members that its JSON contract has. Delegates, in dictionaries too, are functions as of
    /// <see cref="BindFunction"/>. What had the name is replaced, and revoked if it was bound. Blocks the caller until the isolate's thread has set it; from a host function it is set at once.
    /// </summary>
    /// <param name="name">The name of a property of the global object: any text.</param>
    /// <param name="value">Any value that can cross.</param>
    /// <exception cref="ArgumentException">A delegate has parameters or a result that cannot cross, or the value is an object that has methods and no data.</exception>
    /// <exception cref="JsConversionException">The value cannot cross. Nothing has been set.</exception>
    /// <exception cref="JavaScriptException">The global cannot be redefined.</exception>
    /// <exception cref="ObjectDisposedException">The runtime has been disposed of.</exception>
    void SetGlobal(string name, object? value);

    /// <summary>Sets the global <paramref name="name"/> to a copy of a value, without blocking: see <see cref="SetGlobal"/>. The value is copied before the method returns.</summary>
    /// <param name="name">The name of a property of the global object: any text.</param>
    /// <param name="value">Any value that can cross.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the global has been set.</returns>
    /// <inheritdoc cref="SetGlobal"/>
    ValueTask SetGlobalAsync(string name, object? value, CancellationToken cancellationToken = default);

    /// <summary>Gives scripts an op, a host function behind a permission: <c>JsRun.ops.NAME(…)</c>. Without the permission each call is refused with an error named <c>PermissionDenied</c>, and audited.</summary>
    /// <param name="op">The op.</param>
    /// <exception cref="ArgumentException">The runtime has an op of that name.</exception>
    /// <exception cref="ObjectDisposedException">The runtime has been disposed of.</exception>
    void RegisterOp(JsOp op);

    /// <summary>Waits until the runtime has no timers and no pending host calls left.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the event loop is empty.</returns>
    ValueTask WaitForIdleAsync(CancellationToken cancellationToken = default);
}
