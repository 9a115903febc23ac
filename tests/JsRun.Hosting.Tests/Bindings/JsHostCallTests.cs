using System.Numerics;

namespace JsRun.Hosting.Tests.Bindings;

public sealed class JsHostCallTests
{
    private static readonly FakeScope Scope = new();

    public static TheoryData<object?, object> Readable => new()
    {
        { 5L, 5 },
        { 5L, 5L },
        { 5L, 5.0 },
        { 0.5, 0.5 },
        { 0.5, 0.5f },
        { 5L, 5m },
        { -0.0, 0 },
        { 255L, (byte)255 },
        { -128L, (sbyte)-128 },
        { 65535L, (ushort)65535 },
        { -32768L, (short)-32768 },
        { 4294967295L, 4294967295u },
        { 5L, 5ul },
        { BigInteger.Pow(2, 62), 1L << 62 },
        { BigInteger.Pow(2, 63), 1ul << 63 },
        { double.NaN, double.NaN },
        { "x", "x" },
        { "x", 'x' },
        { true, true },
    };

    [Theory]
    [MemberData(nameof(Readable))]
    public void Get_ValueThatFits_IsRead(object? value, object expected) => Read(expected.GetType(), Scope.Call(value)).ShouldBe(expected);

    [Theory]
    [InlineData(typeof(int), 2147483648L, "f: argument 1 (a): the number 2147483648 is not a whole number that fits into Int32.")]
    [InlineData(typeof(int), 0.5, "the number 0.5 is not a whole number")]
    [InlineData(typeof(byte), -1L, "the number -1 is not a whole number that fits into Byte.")]
    [InlineData(typeof(int), "5", "a string is not a whole number")]
    [InlineData(typeof(string), 5L, "the number 5 is not a string.")]
    [InlineData(typeof(string), true, "a boolean is not a string.")]
    [InlineData(typeof(bool), 1L, "the number 1 is not a boolean.")]
    [InlineData(typeof(char), "ab", "a string is not a string of one character.")]
    [InlineData(typeof(double), "NaN", "a string is not a number.")]
    [InlineData(typeof(int), null, "f: argument 1 (a) is null: it must be a whole number that fits into Int32.")]
    [InlineData(typeof(string), null, "argument 1 (a) is null: it must be a string.")]
    [InlineData(typeof(Version), "1.0", "f: argument 1 (a): no Version")]
    public void Get_ValueThatDoesNotFit_SaysWhichAndWhy(Type type, object? value, string reason) =>
        Should.Throw<JsConversionException>(() => Read(type, Scope.Call(value))).Message.ShouldContain(reason);

    [Fact]
    public void Get_Texts_AreReadWithoutDetour()
    {
        var call = Scope.Call(new Dictionary<string, object?> { ["a"] = "x" }, new List<object?> { "x", "y" });

        call.GetArgument<Dictionary<string, string>>(0).ShouldBe(new Dictionary<string, string> { ["a"] = "x" });
        call.GetArgument<IReadOnlyDictionary<string, string>>(0)["a"].ShouldBe("x");
        call.GetArgument<string[]>(1).ShouldBe(["x", "y"]);
        call.GetArgument<List<string>>(1).ShouldBe(["x", "y"]);
    }

    [Fact]
    public void Get_TextsThatAreNone_SaysWhich()
    {
        var call = Scope.Call(new Dictionary<string, object?> { ["a"] = 1L }, new List<object?> { "x", null });

        Should.Throw<JsConversionException>(() => call.GetArgument<Dictionary<string, string>>(0, "headers")).Message.ShouldBe("f: argument 1 (headers): its member 'a' is the number 1, not a string.");
        Should.Throw<JsConversionException>(() => call.GetArgument<string[]>(1)).Message.ShouldBe("f: argument 2: its item 1 is null, not a string.");
        Should.Throw<JsConversionException>(() => call.GetArgument<string[]>(0)).Message.ShouldBe("f: argument 1: an object is not an array of strings.");
    }

    [Fact]
    public void Get_MissingOrUndefined_SaysSo()
    {
        Should.Throw<JsConversionException>(() => Scope.Call().GetArgument<int>(0, "a")).Message.ShouldBe("f: argument 1 (a) is missing: it must be a whole number that fits into Int32.");
        Should.Throw<JsConversionException>(() => Scope.Call(JsUndefined.Value).GetArgument<string>(0)).Message.ShouldBe("f: argument 1 is undefined: it must be a string.");
    }

    [Fact]
    public void Get_UndefinedAsObject_IsUndefined() => Scope.Call(JsUndefined.Value).GetArgument<object>(0).ShouldBe(JsUndefined.Value);

    [Fact]
    public void GetOrDefault_MissingOrUndefined_IsTheFallback()
    {
        Scope.Call().GetArgumentOrDefault(0, "a", 7).ShouldBe(7);
        Scope.Call(JsUndefined.Value).GetArgumentOrDefault(0, "a", 7).ShouldBe(7);
        Scope.Call().GetArgumentOrDefault<string>(0).ShouldBeNull();
        Scope.Call().GetArgumentOrDefault<int?>(0).ShouldBeNull();
        Scope.Call().GetArgumentOrDefault<object>(0).ShouldBeNull();
    }

    [Fact]
    public void GetOrDefault_Null_IsNullOrRefused()
    {
        Scope.Call([null]).GetArgumentOrDefault(0, "a", "fallback").ShouldBeNull();
        Scope.Call([null]).GetArgumentOrDefault<int?>(0, "a", 7).ShouldBeNull();
        Should.Throw<JsConversionException>(() => Scope.Call([null]).GetArgumentOrDefault(0, "a", 7)).Message.ShouldContain("is null");
    }

    [Fact]
    public void GetOrDefault_NullAndUndefinedAsObject_StayApart()
    {
        Scope.Call([null]).GetArgumentOrDefault<object>(0).ShouldBeNull();
        Scope.Call(JsUndefined.Value).GetArgumentOrDefault<object>(0).ShouldBe(JsUndefined.Value);
    }

    [Fact]
    public void GetRest_Arguments_AreThoseFromThere()
    {
        Scope.Call(1L, 2L, 3L).GetRemainingArguments<int>(1).ShouldBe([2, 3]);
        Scope.Call(1L).GetRemainingArguments<int>(1).ShouldBeEmpty();
        Scope.Call().GetRemainingArguments<int>(1).ShouldBeEmpty();
    }

    [Fact]
    public void Item_BeyondTheLast_IsUndefined()
    {
        Scope.Call(1L)[1].ShouldBe(JsUndefined.Value);
        Should.Throw<ArgumentOutOfRangeException>(() => Scope.Call(1L)[-1]);
    }

    private static object? Read(Type type, JsHostCall call)
    {
        try
        {
            return typeof(JsHostCall).GetMethod(nameof(JsHostCall.GetArgument))!.MakeGenericMethod(type).Invoke(call, [0, "a"]);
        }
        catch (System.Reflection.TargetInvocationException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }
}
