using System.Buffers;
using System.Security.Claims;
using System.Text;
using System.Text.Json;

namespace JsRun.Functions;

/// <summary>Writes who sent a request as JSON: what <c>ctx</c> gets of it.</summary>
internal static class CallerJson
{
    public static string Write(EdgeFunctionCaller caller)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("clientAddress", caller.ClientAddress);
            WriteUser(writer, caller.User);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteUser(Utf8JsonWriter writer, ClaimsPrincipal? user)
    {
        // What nobody vouches for is not told.
        var identities = user?.Identities.Where(static i => i.IsAuthenticated).ToArray() ?? [];
        if (identities.Length == 0)
        {
            writer.WriteNull("user");
            return;
        }

        writer.WriteStartObject("user");
        writer.WriteString("name", identities.Select(static i => i.Name).FirstOrDefault(static n => n is not null));
        writer.WriteString("authenticationType", identities[0].AuthenticationType);
        writer.WriteStartArray("roles");
        foreach (var role in identities.SelectMany(static i => i.FindAll(i.RoleClaimType)).Select(static c => c.Value).Distinct(StringComparer.Ordinal))
        {
            writer.WriteStringValue(role);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("claims");
        foreach (var claims in identities.SelectMany(static i => i.Claims).GroupBy(static c => c.Type, static c => c.Value, StringComparer.Ordinal))
        {
            writer.WritePropertyName(claims.Key);
            WriteValues(writer, [.. claims]);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter writer, string[] values)
    {
        if (values is [var only])
        {
            writer.WriteStringValue(only);
            return;
        }

        writer.WriteStartArray();
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
