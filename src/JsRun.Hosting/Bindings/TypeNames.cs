namespace JsRun.Bindings;

/// <summary>Names types in the words of JavaScript.</summary>
internal static class TypeNames
{
    public static string Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => $"a {type.Name}",
            TypeCode.Boolean => "a boolean",
            TypeCode.String => "a string",
            TypeCode.Char => "a string of one character",
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "a number",
            >= TypeCode.SByte and <= TypeCode.UInt64 => $"a whole number that fits into {type.Name}",
            TypeCode.Object when type == typeof(object) => "a value",
            _ => $"a value for {type.Name}",
        };
    }

    /// <summary>What a value is in JavaScript.</summary>
    public static string OfValue(object? value) => value switch
    {
        null => "null",
        JsUndefined => "undefined",
        bool => "a boolean",
        string => "a string",
        double or long or int => $"the number {System.Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)}",
        System.Numerics.BigInteger => "a BigInt",
        List<object?> => "an array",
        JsFunction => "a function",
        JsStream => "a ReadableStream",
        DateTimeOffset => "a Date",
        _ => "an object",
    };
}
