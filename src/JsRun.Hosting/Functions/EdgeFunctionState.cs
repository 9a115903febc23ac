namespace JsRun;

/// <summary>Specifies the state of a function.</summary>
public enum EdgeFunctionState
{
    /// <summary>It answers.</summary>
    Ready,

    /// <summary>No generation of it could be deployed: 503.</summary>
    Failed,

    /// <summary>Its default export is neither a function nor an object with a <c>fetch</c> method: it can be imported and is not routed (404). <c>EdgeFunctionMetadata.Error</c> says what to change if the module seems to be meant to serve requests.</summary>
    Library,

    /// <summary>It was removed from the host. Only requests that were under way to it still meet it: 404.</summary>
    Removed,
}
