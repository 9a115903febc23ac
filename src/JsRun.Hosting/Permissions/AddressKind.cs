namespace JsRun.Permissions;

/// <summary>The reach of an address.</summary>
internal enum AddressKind
{
    /// <summary>The Internet.</summary>
    Public,

    /// <summary>A private network: RFC 1918, carrier-grade NAT, unique local.</summary>
    Private,

    /// <summary>This machine.</summary>
    Loopback,

    /// <summary>Link-local and the other addresses of cloud metadata services, tunnels that carry another address, unspecified, multicast, broadcast and what is set aside.</summary>
    Special,
}
