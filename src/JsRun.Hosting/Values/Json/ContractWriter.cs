using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace JsRun.Values.Json;

/// <summary>
/// Writes objects by their contract of System.Text.Json, generated ones included: its names, members and conditions, the members' values as everywhere else, so that a member may be a date, bytes or a function. A
/// type that has a converter of its own is written as the JSON that it makes.
/// </summary>
internal static class ContractWriter
{
    /// <param name="writer">Where it goes.</param>
    /// <param name="value">What is written.</param>
    /// <param name="declared">The type whose contract is followed; <see cref="object"/> for the value's own.</param>
    public static void Write(ValueWriter writer, object value, Type declared)
    {
        var contract = ContractOf(writer, value, declared);
        var polymorphism = contract.PolymorphismOptions;
        var derived = polymorphism is null ? new JsonDerivedType(contract.Type) : Derived(writer, value, contract, polymorphism);
        var followed = derived.DerivedType == contract.Type ? contract : ContractOf(writer, value, derived.DerivedType);
        if (followed.Kind == JsonTypeInfoKind.Object)
        {
            WriteObject(writer, value, followed, polymorphism?.TypeDiscriminatorPropertyName ?? "", derived.TypeDiscriminator);
        }
        else
        {
            WriteJson(writer, value, contract);
        }
    }

    /// <summary>Writes the JSON that a converter makes.</summary>
    public static void WriteJson(ValueWriter writer, object value, JsonTypeInfo contract)
    {
        JsonElement json;
        try
        {
            json = JsonSerializer.SerializeToElement(value, contract);
        }
        catch (Exception e) when (SerializerErrors.IsOwn(e))
        {
            throw writer.Refuse(value, e.Message, e);
        }

        if (value is Enum && json.ValueKind == JsonValueKind.Number)
        {
            // Its number may be one that only a BigInt holds.
            writer.Item(Convert.ChangeType(value, Enum.GetUnderlyingType(value.GetType()), System.Globalization.CultureInfo.InvariantCulture));
            return;
        }

        JsonWriter.Write(writer, json);
    }

    private static void WriteObject(ValueWriter writer, object value, JsonTypeInfo contract, string discriminatorName, object? discriminator)
    {
        writer.Enter(value, $"object ({value.GetType().Name})");
        writer.Charge(ValueCost.In.Object);
        writer.Text.Append('{');
        contract.OnSerializing?.Invoke(value);
        if (discriminator is not null)
        {
            writer.Key(discriminatorName);
            writer.Item(discriminator);
        }

        foreach (var member in ContractMember.Of(contract))
        {
            WriteMember(writer, value, member);
        }

        contract.OnSerialized?.Invoke(value);
        writer.Text.Append('}');
        writer.Path.Leave();
    }

    private static void WriteMember(ValueWriter writer, object owner, ContractMember member)
    {
        writer.Path.At(member.Name);
        var item = member.Get(owner);
        if (item is not null && writer.IsIgnoredCycle(item))
        {
            item = null;
        }

        if (member.IsIgnored(owner, item))
        {
            return;
        }

        if (member.IsExtensionData)
        {
            WriteExtensionData(writer, item);
            return;
        }

        writer.Key(member.Name);
        if (item is not null && member.Options is { } options)
        {
            WriteJson(writer, item, options.GetTypeInfo(member.Type));
            return;
        }

        var outside = writer.NumbersAsText;
        writer.NumbersAsText = member.NumbersAsText;
        writer.Item(item, member.Type);
        writer.NumbersAsText = outside;
    }

    private static void WriteExtensionData(ValueWriter writer, object? data)
    {
        var members = data switch
        {
            IEnumerable<KeyValuePair<string, object?>> objects => objects,
            IEnumerable<KeyValuePair<string, JsonElement>> elements => elements.Select(static e => KeyValuePair.Create<string, object?>(e.Key, e.Value)),
            JsonObject nodes => nodes.Select(static e => KeyValuePair.Create<string, object?>(e.Key, e.Value)),
            _ => [],
        };
        foreach (var (key, item) in members)
        {
            writer.Path.At(key);
            writer.Key(key);
            writer.Item(item);
        }
    }

    private static JsonDerivedType Derived(ValueWriter writer, object value, JsonTypeInfo contract, JsonPolymorphismOptions polymorphism)
    {
        try
        {
            return DerivedContract.Find(contract, polymorphism, value.GetType());
        }
        catch (NotSupportedException e)
        {
            throw writer.Refuse(value, e.Message, e);
        }
    }

    private static JsonTypeInfo ContractOf(ValueWriter writer, object value, Type type)
    {
        if (value is CancellationToken)
        {
            throw writer.Refuse(value, "a token is not a value. To cancel a call, pass the arguments as a collection and name the token: Invoke([…], cancellationToken: token).");
        }

        if (value is Delegate or Type or System.Reflection.MemberInfo or IntPtr or UIntPtr or Task or JsInvokeOptions)
        {
            throw writer.Refuse(value, value is Delegate ? "a delegate crosses by BindFunction or BindObject" : "such a value has no equal in JavaScript");
        }

        try
        {
            return writer.Json.GetTypeInfo(type = type == typeof(object) ? writer.ContractFor(value) : type);
        }
        catch (Exception e) when (SerializerErrors.IsOwn(e))
        {
            throw writer.Refuse(value, $"{type} has no contract of System.Text.Json. If JsRuntimeOptions.JsonOptions uses generated contracts, add [JsonSerializable(typeof({type.Name}))]. {e.Message}", e);
        }
    }
}
