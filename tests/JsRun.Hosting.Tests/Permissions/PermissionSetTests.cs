using System.Net;
using JsRun.Permissions;

namespace JsRun.Hosting.Tests.Permissions;

public sealed class PermissionSetTests
{
    [Theory]
    [InlineData("net:api.example.com", "https://api.example.com/x")]
    [InlineData("net:api.example.com", "http://API.EXAMPLE.COM.:8080/")]
    [InlineData("net:api.example.com:8080", "http://api.example.com:8080/")]
    [InlineData("net:api.example.com:443", "https://api.example.com/")]
    [InlineData("net:*.example.com", "https://a.b.example.com/")]
    [InlineData("net:*", "https://example.org/")]
    [InlineData("net:*", "https://93.184.216.34/")]
    [InlineData("net:localhost", "http://localhost:5000/")]
    [InlineData("net:127.0.0.1:5000", "http://127.0.0.1:5000/")]
    [InlineData("net:[::1]", "http://[::1]:5000/")]
    [InlineData("net:169.254.169.254", "http://169.254.169.254/")]
    [InlineData("net:10.1.2.3", "http://10.1.2.3/")]
    public void AllowsNet_Granted_IsTrue(string permission, string url) => PermissionSet.Parse([permission]).AllowsNet(new(url)).ShouldBeTrue();

    [Theory]
    [InlineData("net:api.example.com", "https://example.com/")]
    [InlineData("net:api.example.com", "https://api.example.com.evil.example/")]
    [InlineData("net:api.example.com", "ftp://api.example.com/")]
    [InlineData("net:api.example.com:8080", "http://api.example.com/")]
    [InlineData("net:*.example.com", "https://example.com/")]
    [InlineData("net:*.example.com", "https://badexample.com/")]
    [InlineData("net:*", "http://localhost/")]
    [InlineData("net:*", "http://app.localhost/")]
    [InlineData("net:*.localhost", "http://app.localhost/")]
    [InlineData("net:*", "http://127.0.0.1/")]
    [InlineData("net:*", "http://127.8.8.8/")]
    [InlineData("net:*", "http://0x7f000001/")]
    [InlineData("net:*", "http://2130706433/")]
    [InlineData("net:*", "http://[::1]/")]
    [InlineData("net:*", "http://[::ffff:127.0.0.1]/")]
    [InlineData("net:*", "http://[64:ff9b::7f00:1]/")]
    [InlineData("net:*", "http://[2002:7f00:1::]/")]
    [InlineData("net:*", "http://0.0.0.0/")]
    [InlineData("net:*", "http://169.254.169.254/latest/meta-data")]
    [InlineData("net:*", "http://[fe80::1]/")]
    [InlineData("net:*", "http://10.0.0.1/")]
    [InlineData("net:*", "http://172.31.255.255/")]
    [InlineData("net:*", "http://192.168.1.1/")]
    [InlineData("net:*", "http://100.64.0.1/")]
    [InlineData("net:*", "http://[fd00::1]/")]
    [InlineData("net:*", "http://224.0.0.1/")]
    [InlineData("net:*", "http://255.255.255.255/")]
    [InlineData("net:*", "http://168.63.129.16/")]
    [InlineData("net:*", "http://[::ffff:168.63.129.16]/")]
    [InlineData("net:*", "http://[64:ff9b::a83f:8110]/")]
    [InlineData("net:*", "http://100.100.100.200/")]
    [InlineData("net:*", "http://[fd00:ec2::254]/")]
    [InlineData("net:*", "http://[fd20:ce::254]/")]
    [InlineData("net:*", "http://[2001:0:1::1]/")]
    [InlineData("net:*", "http://[2001:1ff:ffff::1]/")]
    [InlineData("net:*", "http://[64:ff9b:1::5db8:d822]/")]
    [InlineData("net:*", "http://[3fff:fff::1]/")]
    [InlineData("net:*", "http://[5f00::1]/")]
    [InlineData("net:localhost:5000", "http://localhost:5001/")]
    [InlineData("net:127.0.0.1", "http://127.0.0.2/")]
    [InlineData("env:NAME", "https://name/")]
    public void AllowsNet_NotGranted_IsFalse(string permission, string url) => PermissionSet.Parse([permission]).AllowsNet(new(url)).ShouldBeFalse();

    [Theory]
    [InlineData("net:api.example.com", "93.184.216.34", true)]
    [InlineData("net:*", "93.184.216.34", true)]
    [InlineData("net:api.example.com", "10.0.0.5", true)]
    [InlineData("net:*.example.com", "10.0.0.5", false)]
    [InlineData("net:*", "10.0.0.5", false)]
    [InlineData("net:api.example.com", "127.0.0.1", false)]
    [InlineData("net:api.example.com", "::1", false)]
    [InlineData("net:api.example.com", "::ffff:127.0.0.1", false)]
    [InlineData("net:api.example.com", "169.254.169.254", false)]
    [InlineData("net:api.example.com", "0.0.0.0", false)]
    [InlineData("net:api.example.com", "168.63.129.16", false)]
    [InlineData("net:api.example.com", "168.63.129.17", true)]
    [InlineData("net:api.example.com", "100.100.100.200", false)]
    [InlineData("net:api.example.com", "100.100.100.201", true)]
    [InlineData("net:api.example.com", "fd00:ec2::254", false)]
    [InlineData("net:api.example.com", "fd20:ce::254", false)]
    [InlineData("net:api.example.com", "fd00:ec3::254", true)]
    [InlineData("net:api.example.com", "2001:0:1::1", false)]
    [InlineData("net:*", "2001:200::1", true)]
    [InlineData("net:*", "4000::1", true)]
    [InlineData("net:other.example.com", "93.184.216.34", false)]
    public void AllowsAddress_BehindAName_IsCheckedToo(string permission, string address, bool allowed) =>
        PermissionSet.Parse([permission]).AllowsAddress("api.example.com", 443, IPAddress.Parse(address)).ShouldBe(allowed);

    [Fact]
    public void AllowsAddress_NameAndLoopbackBothNamed_IsTrue() =>
        PermissionSet.Parse(["net:box.example", "net:127.0.1.1:80"]).AllowsAddress("box.example", 80, IPAddress.Parse("127.0.1.1")).ShouldBeTrue();

    [Fact]
    public void AllowsAddress_LocalhostNamed_IsLoopbackOnly()
    {
        var permissions = PermissionSet.Parse(["net:localhost"]);

        permissions.AllowsAddress("localhost", 80, IPAddress.IPv6Loopback).ShouldBeTrue();
        permissions.AllowsAddress("localhost", 80, IPAddress.Parse("169.254.1.1")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("env:NAME", "NAME", true)]
    [InlineData("env:NAME", "name", false)]
    [InlineData("env:PUBLIC_*", "PUBLIC_URL", true)]
    [InlineData("env:PUBLIC_*", "SECRET", false)]
    [InlineData("env:PUBLIC_*", "public_url", false)]
    [InlineData("net:*", "NAME", false)]
    public void AllowsEnv_Name_IsCompared(string permission, string name, bool allowed) => PermissionSet.Parse([permission]).AllowsEnv(name).ShouldBe(allowed);

    [Theory]
    [InlineData("op:notify", "notify", true)]
    [InlineData("op:notify", "Notify", false)]
    [InlineData("op:notify", "notify.all", false)]
    [InlineData("op:notify", "delete", false)]
    [InlineData("op:files.*", "files.read", true)]
    [InlineData("op:files.*", "files", false)]
    [InlineData("op:files.*", "Files.read", false)]
    [InlineData("op:files.*", "filesystem", false)]
    [InlineData("op:*", "notify", true)]
    [InlineData("env:*", "notify", false)]
    public void AllowsOp_Name_IsCompared(string permission, string name, bool allowed) => PermissionSet.Parse([permission]).AllowsOp(name).ShouldBe(allowed);

    [Fact]
    public void NetKey_SameHosts_AreEqual()
    {
        PermissionSet.Parse(["net:a.example", "net:b.example", "env:X"]).NetKey.ShouldBe(PermissionSet.Parse(["net:b.example", "net:a.example"]).NetKey);
        PermissionSet.Parse(["net:a.example"]).NetKey.ShouldNotBe(PermissionSet.None.NetKey);
    }

    [Fact]
    public void Parse_WrongEntry_NamesIt() =>
        Should.Throw<FormatException>(() => PermissionSet.Parse(["net:a.example", "all"])).Message.ShouldStartWith("The permission 'all' is not valid: a permission is net:HOST");
}
