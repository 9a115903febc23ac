using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using JsRun.Options.Binding;
using JsRun.Options.Validation;

namespace JsRun.Hosting.Tests.Options;

/// <summary>Writes the JSON schema of appsettings.json from the options types: keys, ranges, defaults, and their documentation.</summary>
internal static class ConfigurationSchema
{
    private const string Time = @"^(\d{1,8}\.)?\d{1,2}:\d{2}(:\d{2}(\.\d{1,7})?)?$";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static string Write() => new JsonObject
    {
        ["$schema"] = "http://json-schema.org/draft-07/schema#",
        ["title"] = "JsRun in appsettings.json",
        ["type"] = "object",
        ["properties"] = new JsonObject { ["JsRun"] = Section(typeof(JsRunOptions), new JsRunOptions()) },
        ["definitions"] = new JsonObject { ["group"] = Section(typeof(JsRunGroupOptions), null) },
    }.ToJsonString(Readable) + "\n";

    private static JsonObject Section(Type type, object? defaults)
    {
        var properties = new JsonObject();
        foreach (var property in ConfigurationKeys.Of(type))
        {
            var schema = Property(property, defaults is null ? null : property.GetValue(defaults));
            schema["description"] = Documentation.Of(property);
            properties[property.Name] = schema;
        }

        return new() { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
    }

    private static JsonObject Property(PropertyInfo property, object? value)
    {
        var type = property.PropertyType;
        return ConfigurationKeys.IsMap(type, out var entry) ? Map(entry)
            : ConfigurationKeys.IsList(type) ? new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } }
            : ConfigurationKeys.IsSection(type) ? Section(type, value)
            : Value(property, value);
    }

    private static JsonObject Map(Type entry) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = ConfigurationKeys.IsSection(entry) ? new JsonObject { ["$ref"] = "#/definitions/group" } : new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Value(PropertyInfo property, object? value)
    {
        var nullable = Nullable.GetUnderlyingType(property.PropertyType);
        var type = nullable ?? property.PropertyType;
        var name = type == typeof(bool) ? "boolean" : type == typeof(int) || type == typeof(long) ? "integer" : "string";
        var schema = new JsonObject { ["type"] = nullable is null ? name : new JsonArray(name, "null") };
        if (type.IsEnum)
        {
            schema["enum"] = new JsonArray([.. Enum.GetNames(type)]);
        }

        if (type == typeof(TimeSpan))
        {
            schema["pattern"] = Time;
        }

        if (property.GetCustomAttribute<AllowedNumberAttribute>() is { } range)
        {
            schema["minimum"] = range.Minimum;
            schema["maximum"] = range.Maximum;
        }

        // A default that depends on the machine is told by the description.
        if (value is not null && property.Name != nameof(JsRunPoolOptions.MaxIsolates))
        {
            schema["default"] = value is int or long ? JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)) : Convert.ToString(value, CultureInfo.InvariantCulture);
        }

        return schema;
    }
}
