using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;

namespace JsRun.Hosting.Tests.Values.RoundTrips;

/// <summary>One type whose values go into JavaScript and come back, by every way that there is.</summary>
internal abstract class RoundTrip
{
    /// <exception cref="CsCheckException">A value came back as another. The message has the seed: <c>CsCheck_Seed</c> in the environment repeats it.</exception>
    public abstract Task CheckAsync(IJsRuntime runtime);
}

/// <param name="values">Values of the type.</param>
/// <param name="arrival">What comes back of a value if JavaScript cannot hold all of it, such as a date's microseconds.</param>
/// <param name="json">Whether System.Text.Json has such values as well, and what is compared with it.</param>
internal sealed class RoundTrip<T>(Gen<T> values, Func<T, T>? arrival = null, JsonComparison json = JsonComparison.BothWays) : RoundTrip
{
    private const int Samples = 25;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public override async Task CheckAsync(IJsRuntime runtime)
    {
        runtime.BindFunction("same", (T value) => value);
        runtime.BindFunction("sameLater", async (T value) =>
        {
            await Task.Yield();
            return value;
        });
        runtime.BindFunction("sameHolder", (Holder<T> holder) => holder);
        runtime.BindFunction("sameList", (List<T> list) => list);
        using var identity = runtime.Evaluate<JsFunction>("v => v")!;
        await values.SampleAsync(value => CheckAsync(runtime, identity, value), iter: Samples, threads: 1, print: static v => ValueText.Of(v));
    }

    private async Task CheckAsync(IJsRuntime runtime, JsFunction identity, T value)
    {
        var expected = ValueText.Of(arrival is null ? value : arrival(value));
        void Is(object? actual, string path) => ValueText.Of(actual).ShouldBe(expected, path);

        await runtime.SetGlobalAsync("h", new Holder<T>(value));
        runtime.Evaluate("g = h.value; undefined");
        Is(runtime.Evaluate<T>("g"), "the result of Evaluate");
        Is(await runtime.EvaluateAsync<T>("Promise.resolve(g)"), "the result of EvaluateAsync");
        Is(runtime.Evaluate<JsFunction>("() => g")!.Invoke<T>(), "the result of Invoke");
        Is(identity.Invoke<T>([value]), "an argument and the result of Invoke");
        Is(await identity.InvokeAsync<T>([value]), "an argument and the result of InvokeAsync");
        runtime.SetGlobal("g", value);
        Is(runtime.Evaluate<T>("g"), "a global");

        Is(runtime.Evaluate<T>("same(g)"), "a parameter and the result of a host function");
        Is(await runtime.EvaluateAsync<T>("sameLater(g)"), "a parameter and the result of an asynchronous host function");

        Is(identity.Invoke<Holder<T>>(new Holder<T>(value))!.Value, "a member of a record");
        Is(runtime.Evaluate<Holder<T>>("sameHolder({ value: g })")!.Value, "a member of a parameter");
        Is(identity.Invoke<Settable<T>>(new Settable<T> { Value = value })!.Value, "a property of a class");
        Is(runtime.Evaluate<T[]>("[g]")![0], "an item of an array");
        Is(runtime.Evaluate<List<T>>("sameList([g])")![0], "an item of a parameter");
        Is(identity.Invoke<Dictionary<string, T>>(new Dictionary<string, T> { ["a"] = value })!["a"], "a value of a dictionary");

        // One rule for what is not typed, whatever holds it.
        var plain = runtime.Evaluate("g");
        runtime.Evaluate<object?[]>("[g]")![0].ShouldBeExactly(plain, "an item of object?[]");
        runtime.Evaluate<Holder<object?>>("({ value: g })")!.Value.ShouldBeExactly(plain, "a member of the type object");

        if (json != JsonComparison.None)
        {
            Is(runtime.Evaluate<JsonElement>("g").Deserialize<T>(Json), "its JSON, read by System.Text.Json");
        }

        if (json == JsonComparison.BothWays)
        {
            await runtime.SetGlobalAsync("g", JsonSerializer.SerializeToNode<T>(arrival is null ? value : arrival(value), Json));
            Is(runtime.Evaluate<T>("g"), "the JSON that System.Text.Json writes");
        }
    }
}
