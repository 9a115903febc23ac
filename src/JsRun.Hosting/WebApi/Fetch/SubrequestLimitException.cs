namespace JsRun.WebApi.Fetch;

/// <summary>A request may make no more requests of its own. The message is meant for the script.</summary>
internal sealed class SubrequestLimitException(string message) : Exception(message);
