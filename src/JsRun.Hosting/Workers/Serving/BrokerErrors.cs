using JsRun.WebApi.Fetch;

namespace JsRun.Workers.Serving;

/// <summary>Makes exceptions of the broker's errors.</summary>
internal static class BrokerErrors
{
    public static Exception ToException(this BrokerError error) => error.Kind switch
    {
        BrokerErrorKind.Permission => new JsPermissionException(error.Message) { Permission = error.Permission },
        BrokerErrorKind.Limit => new SubrequestLimitException(error.Message),
        BrokerErrorKind.Host => new FetchException(error.Message) { IsHosts = true },
        _ => new FetchException(error.Message),
    };
}
