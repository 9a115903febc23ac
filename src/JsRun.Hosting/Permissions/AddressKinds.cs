using System.Net;
using System.Net.Sockets;

namespace JsRun.Permissions;

/// <summary>Sorts addresses by the registries of special-purpose addresses (RFC 6890 and its successors).</summary>
internal static class AddressKinds
{
    private static readonly (IPNetwork Network, AddressKind Kind)[] Known =
    [
        // What cloud platforms serve metadata and machine settings at outside of the link-local range. The first network that holds an address counts, so these stand before those around them.
        (IPNetwork.Parse("168.63.129.16/32"), AddressKind.Special), // Azure
        (IPNetwork.Parse("100.100.100.200/32"), AddressKind.Special), // Alibaba Cloud
        (IPNetwork.Parse("fd00:ec2::/32"), AddressKind.Special), // AWS
        (IPNetwork.Parse("fd20:ce::/32"), AddressKind.Special), // Google Cloud
        (IPNetwork.Parse("127.0.0.0/8"), AddressKind.Loopback),
        (IPNetwork.Parse("10.0.0.0/8"), AddressKind.Private),
        (IPNetwork.Parse("172.16.0.0/12"), AddressKind.Private),
        (IPNetwork.Parse("192.168.0.0/16"), AddressKind.Private),
        (IPNetwork.Parse("100.64.0.0/10"), AddressKind.Private),
        (IPNetwork.Parse("0.0.0.0/8"), AddressKind.Special),
        (IPNetwork.Parse("169.254.0.0/16"), AddressKind.Special),
        (IPNetwork.Parse("192.0.0.0/24"), AddressKind.Special),
        (IPNetwork.Parse("192.0.2.0/24"), AddressKind.Special),
        (IPNetwork.Parse("198.18.0.0/15"), AddressKind.Special),
        (IPNetwork.Parse("198.51.100.0/24"), AddressKind.Special),
        (IPNetwork.Parse("203.0.113.0/24"), AddressKind.Special),
        (IPNetwork.Parse("224.0.0.0/3"), AddressKind.Special),
        (IPNetwork.Parse("::1/128"), AddressKind.Loopback),
        (IPNetwork.Parse("fc00::/7"), AddressKind.Private),
        (IPNetwork.Parse("::/128"), AddressKind.Special),
        (IPNetwork.Parse("fe80::/10"), AddressKind.Special),
        (IPNetwork.Parse("fec0::/10"), AddressKind.Special),
        (IPNetwork.Parse("ff00::/8"), AddressKind.Special),
        (IPNetwork.Parse("64:ff9b:1::/48"), AddressKind.Special), // local-use NAT64
        (IPNetwork.Parse("100::/64"), AddressKind.Special),
        (IPNetwork.Parse("2001::/23"), AddressKind.Special), // Teredo and other protocol assignments
        (IPNetwork.Parse("2001:db8::/32"), AddressKind.Special),
        (IPNetwork.Parse("3fff::/20"), AddressKind.Special), // documentation
        (IPNetwork.Parse("5f00::/16"), AddressKind.Special), // segment routing
    ];

    // Prefixes whose addresses carry an IPv4 address, and where: NAT64, IPv4-compatible, 6to4.
    private static readonly (IPNetwork Network, int Offset)[] Embedding =
    [
        (IPNetwork.Parse("64:ff9b::/96"), 12),
        (IPNetwork.Parse("::/96"), 12),
        (IPNetwork.Parse("2002::/16"), 2),
    ];

    public static AddressKind Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        foreach (var (network, kind) in Known)
        {
            if (network.Contains(address))
            {
                return kind;
            }
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            foreach (var (network, offset) in Embedding)
            {
                if (network.Contains(address))
                {
                    return Of(new IPAddress(address.GetAddressBytes().AsSpan(offset, 4)));
                }
            }
        }

        return AddressKind.Public;
    }
}
