namespace JsRun.Hosting.Tests.Faults;

/// <summary>An exception that cannot be described.</summary>
internal sealed class UnreadableException : Exception
{
    public override string Message => throw new InvalidOperationException(HostFaults.Secret);
}
