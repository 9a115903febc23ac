using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using JsRun.Values;
using JsRun.Values.Json;

namespace JsRun.Hosting.Tests.Values;

public sealed class ValueWriterTests
{
    private static readonly FakeReferences References = new();

    public static TheoryData<object, string> Values => new()
    {
        { true, "t" },
        { 5, "i5;" },
        { -5L, "i-5;" },
        { 1L << 60, "b1152921504606846976;" },
        { ulong.MaxValue, "b18446744073709551615;" },
        { 1.5, "d1.5;" },
        { -0.0, "d-0;" },
        { double.NaN, "dNaN;" },
        { double.NegativeInfinity, "d-Infinity;" },
        { 0.1f, "d0.1;" },
        { 12.5m, "d12.5;" },
        { 'x', "s1:x" },
        { "a;}:b", "s5:a;}:b" },
        { JsUndefined.Value, "u" },
        { BigInteger.Parse("-12345678901234567890"), "b-12345678901234567890;" },
        { new DateTimeOffset(2024, 1, 1, 1, 0, 0, TimeSpan.FromHours(1)), "D1704067200000;" },
        { new DateTime(2024, 1, 1), "D1704067200000;" },
        { new object?[] { 1, null, "x" }, "[3:i1;ns1:x" },
        { new[] { 1, 2 }, "[2:i1;i2;" },
        { new HashSet<int> { 1 }, "S.i1;}" },
        { new Dictionary<string, object?> { ["a"] = 1, [""] = null }, "{1:ai1;0:n}" },
        { new Dictionary<string, int> { ["a"] = 1 }, "{1:ai1;}" },
        { new Dictionary<int, string> { [1] = "a" }, "M.i1;s1:a}" },
        { (1, "a"), "[2:i1;s1:a" },
        { new { Name = "x", Inner = new { Deep = 1 } }, "{4:names1:x5:inner{4:deepi1;}}" },
        { new Point(1, 2), "{1:xi1;1:yi2;}" },
        { Guid.Empty, "s36:00000000-0000-0000-0000-000000000000" },
        { DayOfWeek.Friday, "i5;" },
        { new DateOnly(2024, 1, 2), "s10:2024-01-02" },
        { JsonNode.Parse("""{"a":[1,2.5,null,true,"x"]}""")!, "{1:a[5:i1;d2.5;nts1:x}" },
        { JsonElement.Parse("1e400"), "dInfinity;" },
        { new JsErrorValue { Name = "TypeError", Message = "no", Cause = "why" }, "Es9:TypeErrors2:nos0:0;cs3:why}" },
        { new Uri("http://x/"), "RX7;" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void WriteItem_Value_IsThatText(object value, string text) => Item(value).Payload.ShouldBe(text);

    [Fact]
    public void Write_Scalars_CrossAsThemselves()
    {
        Write(null).Payload.ShouldBeNull();
        Write(5).Payload.ShouldBe(5.0);
        Write(false).Payload.ShouldBe(false);
        Write("it's").Payload.ShouldBe("'it's");
    }

    [Fact]
    public void Write_Bytes_GoBesideTheText()
    {
        var value = Item(new object[] { new byte[] { 1, 2 }, (ReadOnlyMemory<float>)new[] { 1f } });

        value.Payload.ShouldBe("[2:B0,2;B7,4;");
        value.Bytes!.Select(b => b.Length).ShouldBe([2, 4]);
    }

    [Fact]
    public void Write_Cycle_NamesThePath()
    {
        var node = new Node("root");
        node.Children.Add(new Node("child") { Parent = node });

        Should.Throw<JsConversionException>(() => Item(node)).Message.ShouldContain("value.children[0].parent");
    }

    [Fact]
    public void Write_Diamond_IsWrittenTwice()
    {
        var shared = new object[] { 1 };

        Item(new[] { shared, shared }).Payload.ShouldBe("[2:[1:i1;[1:i1;");
    }

    [Fact]
    public void Write_TooDeep_Fails() =>
        Should.Throw<JsConversionException>(() => Item(new object[] { new object[] { 1 } }, new ValueLimits(1, 100))).Message.ShouldBe("Depth exceeded maximum limit of 1");

    [Theory]
    [InlineData(40, "String size limit exceeded: 40 > 32")]
    [InlineData(20, "Size (36 bytes) exceeded maximum limit of 32 bytes")]
    public void Write_TooLarge_Fails(int length, string message) =>
        Should.Throw<JsConversionException>(() => Write(new string('x', length), new ValueLimits(10, 32))).Message.ShouldBe(message);

    [Theory]
    [InlineData("value.callback")]
    public void Write_Delegate_IsRefusedWithItsPlace(string place) =>
        Should.Throw<JsConversionException>(() => Item(new Dictionary<string, object?> { ["callback"] = () => 1 })).Message.ShouldContain(place);

    private static WireValue Item(object? value, ValueLimits? limits = null) => ValueWriter.WriteItem(value, limits ?? ValueLimits.Default, References, JsonSettings.Default);

    private static WireValue Write(object? value, ValueLimits? limits = null) => ValueWriter.Write(value, limits ?? ValueLimits.Default, References, JsonSettings.Default);

    private sealed record Point(int X, int Y);

    private sealed class Node(string name)
    {
        public string Name { get; } = name;

        public Node? Parent { get; init; }

        public List<Node> Children { get; } = [];
    }
}
