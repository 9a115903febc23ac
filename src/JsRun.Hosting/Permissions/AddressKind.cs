namespace JsRun.Permissions;

/// <summary>How far an address reaches.</summary>
internal enum AddressKind
{
    /// <summary>The Internet.</summary>
    Public,

    /// <summary>A private network: RFC 1918, carrier-grade NAT, unique local.</summary>
    Private,

    /// <summary>This machine.</summary>
    Loopback,

    /// <summary>Link-local (cloud metadata services live there), unspecified, multicast, broadcast and what is set aside.</summary>
    Special,
}
