using JsRun.Permissions;

namespace JsRun.Hosting.Tests.Permissions;

public sealed class PermissionTests
{
    [Theory]
    [InlineData("net:api.example.com", "net:api.example.com")]
    [InlineData("net:API.Example.com.", "net:api.example.com")]
    [InlineData("net:bücher.example", "net:xn--bcher-kva.example")]
    [InlineData("net:api.example.com:8443", "net:api.example.com:8443")]
    [InlineData("net:*.example.com", "net:*.example.com")]
    [InlineData("net:*.example.com:443", "net:*.example.com:443")]
    [InlineData("net:*", "net:*")]
    [InlineData("net:*:443", "net:*:443")]
    [InlineData("net:127.0.0.1:80", "net:127.0.0.1:80")]
    [InlineData("net:[::1]:8080", "net:::1:8080")]
    [InlineData("net:[2001:DB8::1]", "net:2001:db8::1")]
    [InlineData("env:NAME", "env:NAME")]
    [InlineData("env:PUBLIC_*", "env:PUBLIC_*")]
    [InlineData("env:*", "env:*")]
    [InlineData("op:notify", "op:notify")]
    [InlineData("op:files.*", "op:files.*")]
    [InlineData("op:*", "op:*")]
    public void TryParse_Permission_IsRead(string text, string expected)
    {
        Permission.TryParse(text, out var permission, out var error).ShouldBeTrue(error);

        permission.ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("", "a permission is")]
    [InlineData(null, "a permission is")]
    [InlineData("net", "is not a host")]
    [InlineData("net:", "is not a host")]
    [InlineData("net:https://a.example", "without scheme and path")]
    [InlineData("net:a.example/path", "without scheme and path")]
    [InlineData("net:10.0.0.0/8", "without scheme and path")]
    [InlineData("net:user@a.example", "is not a host")]
    [InlineData("net:a b", "is not a host")]
    [InlineData("net:a.*.example", "is not a host")]
    [InlineData("net:*.", "is not a host")]
    [InlineData("net:*example.com", "is not a host")]
    [InlineData("net:a.example:0", "is not a port")]
    [InlineData("net:a.example:65536", "is not a port")]
    [InlineData("net:a.example:http", "is not a port")]
    [InlineData("net:::1", "in brackets")]
    [InlineData("env:", "'env:' is followed by")]
    [InlineData("env:A-B", "'env:' is followed by")]
    [InlineData("env:A*B", "'env:' is followed by")]
    [InlineData("op:", "'op:' is followed by")]
    [InlineData("op:a b", "'op:' is followed by")]
    [InlineData("op:a*b", "'op:' is followed by")]
    [InlineData("op:**", "'op:' is followed by")]
    [InlineData("read:/etc", "a permission is")]
    public void TryParse_NoPermission_SaysWhy(string? text, string reason)
    {
        Permission.TryParse(text, out _, out var error).ShouldBeFalse();

        error.ShouldContain(reason);
    }
}
