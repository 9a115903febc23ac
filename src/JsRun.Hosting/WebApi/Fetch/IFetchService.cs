namespace JsRun.WebApi.Fetch;

/// <summary>Sends the requests of scripts. Thread-safe.</summary>
internal interface IFetchService
{
    /// <exception cref="JsPermissionException">No permission grants the host, or the address behind it.</exception>
    /// <exception cref="FetchException">The network failed; the message is for the script.</exception>
    /// <exception cref="SubrequestLimitException">Too many subrequests.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<FetchResult> SendAsync(FetchRequest request, FetchCaller caller, CancellationToken cancellationToken);
}
