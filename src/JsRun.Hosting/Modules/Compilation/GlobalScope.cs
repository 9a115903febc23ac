namespace JsRun.Modules.Compilation;

/// <summary>How the free names of a graph of modules are compiled for instances: <c>GlobalScope</c> of <c>JavaScript/src/linker/global-names.ts</c>.</summary>
internal enum GlobalScope
{
    /// <summary>No module mentions its global object or assigns to a free name. Names of globals are left to V8.</summary>
    Direct,

    /// <summary>Names of globals are variables of the module, which follow the properties of the instance's global object.</summary>
    Variables,

    /// <summary>Every name is looked up on the instance's global object each time.</summary>
    Object,
}
