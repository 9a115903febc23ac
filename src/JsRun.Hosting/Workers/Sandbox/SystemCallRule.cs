namespace JsRun.Workers.Sandbox;

/// <summary>What a filter does with a system call: it goes through if all checks hold, and answers an error otherwise.</summary>
internal sealed class SystemCallRule
{
    private const int PermissionDenied = 1;
    private const int NotImplemented = 38;

    /// <summary>Creates a rule that answers EPERM if a check does not hold.</summary>
    public SystemCallRule(params ArgumentCheck[] checks) => Checks = checks;

    private SystemCallRule(int error)
    {
        Error = error;
        Checks = [];
    }

    /// <summary>The call goes through.</summary>
    public static SystemCallRule Allow { get; } = new(0);

    /// <summary>It answers EPERM.</summary>
    public static SystemCallRule Deny { get; } = new(PermissionDenied);

    /// <summary>It answers ENOSYS, as a kernel that does not have it. Callers fall back to an older one.</summary>
    public static SystemCallRule Missing { get; } = new(NotImplemented);

    /// <summary>What the call answers without regard to its arguments: 0 if it goes through.</summary>
    public int Error { get; } = PermissionDenied;

    /// <summary>The checks; all have to hold. If there are none, <see cref="Error"/> alone decides.</summary>
    public IReadOnlyList<ArgumentCheck> Checks { get; }
}
