using JsRun.Bindings;

namespace JsRun.Hosting.Tests.Bindings;

public sealed class DelegateBinderTests
{
    private delegate int WithDefault(int a, int b = 5);

    private delegate string WithRest(string a, params int[] rest);

    private delegate string WithNull(string? a, DayOfWeek day = DayOfWeek.Friday);

    private static readonly FakeScope Scope = new();

    [Fact]
    public void Bind_PlainParameters_AreConverted() => Invoke((int a, double b, string c) => $"{a} {b} {c}", 1L, 2L, "x").ShouldBe("1 2 x");

    [Fact]
    public void Bind_ExtraArguments_AreIgnored() => Invoke((int a) => a, 1L, 2L, "x").ShouldBe(1);

    [Fact]
    public void Bind_MissingArguments_AreDefaultsOrNull()
    {
        Invoke((int a, int b = 5, string c = "x", DayOfWeek d = DayOfWeek.Friday, int? e = null, decimal f = 1.5m, DateTimeOffset g = default) => $"{a} {b} {c} {d} {e} {f} {g.Ticks}", 1L).ShouldBe("1 5 x Friday  1.5 0");
        Invoke((WithDefault)Add, 1L).ShouldBe(6);
        Invoke((string? a, int? b, object? c) => $"{a is null} {b is null} {c is null}").ShouldBe("True True True");

        static int Add(int a, int b = 7) => a + b - 2;
    }

    [Fact]
    public void Bind_MissingArgumentThatCannotBeNull_IsRefused()
    {
        Should.Throw<JsConversionException>(() => Invoke((int a) => a)).Message.ShouldBe("f: argument 1 (a) is missing: it must be a whole number that fits into Int32.");
        Should.Throw<JsConversionException>(() => Invoke((string a) => a.Length)).Message.ShouldBe("f: argument 1 (a) is missing: it must be a string.");
        Should.Throw<JsConversionException>(() => Invoke((string a) => a.Length, [null])).Message.ShouldContain("is null");
    }

    [Fact]
    public void Bind_NullAndUndefined_StayApart() =>
        ((object?[])Invoke((object? a, object? b, object? c) => new[] { a, b, c }, null, JsUndefined.Value)!).ShouldBe([null, JsUndefined.Value, null]);

    [Fact]
    public void Bind_NamedDelegateType_ItsDefaultsParamsAndNullsCount()
    {
        WithDefault add = (a, b) => a + b;
        WithRest join = (a, rest) => $"{a} {string.Join(',', rest)}";
        WithNull show = (a, day) => $"{a is null} {day}";

        Invoke(add, 1L).ShouldBe(6);
        Invoke(join, "x", 1L, 2L).ShouldBe("x 1,2");
        Invoke(join, "x").ShouldBe("x ");
        Invoke(show).ShouldBe("True Friday");
        Should.Throw<JsConversionException>(() => Invoke(join)).Message.ShouldContain("argument 1 (a) is missing");
    }

    [Fact]
    public void Bind_ParameterThatNoValueCanBe_IsRefusedAtOnce()
    {
        Refused((Func<int> callback) => 1).ShouldContain("'callback' of 'f' is of the type Func`1, which no JavaScript value can be converted to: use a JsFunction.");
        Refused((Action callback) => 1).ShouldContain("use a JsFunction");
        Refused((Stream body) => 1).ShouldContain("use a JsStream");
        Refused((System.IO.Pipelines.PipeReader body) => 1).ShouldContain("use a JsStream");
        Refused((IAsyncEnumerable<int> rows) => 1).ShouldContain("use a JsStream");
        Refused((System.Threading.Channels.ChannelReader<int> rows) => 1).ShouldContain("use a JsStream");
        DelegateBinder.Bind("f", (JsFunction callback, JsStream stream, IAsyncEnumerable<object?> items, object any) => 1).Name.ShouldBe("f");

        static string Refused(Delegate handler) => Should.Throw<ArgumentException>(() => DelegateBinder.Bind("f", handler)).Message;
    }

    [Fact]
    public void Bind_ParamsArray_TakesTheRest()
    {
        Invoke((string a, params int[] rest) => $"{a} {string.Join(',', rest)}", "x", 1L, 2L).ShouldBe("x 1,2");
        Invoke((params object?[] all) => all.Length).ShouldBe(0);
        Invoke((params object?[] all) => all.Length, null, JsUndefined.Value, 1L).ShouldBe(3);
    }

    [Fact]
    public void Bind_InjectedParameters_TakeNoArgument()
    {
        using var cancellation = new CancellationTokenSource();
        var call = new FakeScope { CancellationToken = cancellation.Token }.Call(1L, 2L);

        var result = DelegateBinder.Bind("f", (CancellationToken token, int a, JsHostCall given, IJsRuntime? runtime, int b) => (token == cancellation.Token, a, given == call, runtime is null, b)).Invoke(call);

        result.ShouldBe((true, 1, true, true, 2));
    }

    [Fact]
    public void Bind_CallAsOnlyParameter_IsNotCompiled()
    {
        Func<JsHostCall, object?> handler = call => call.ArgumentCount;

        DelegateBinder.Bind("f", handler).Invoke.ShouldBeSameAs(handler);
        Invoke((Action<JsHostCall>)(_ => { })).ShouldBe(JsUndefined.Value);
    }

    [Fact]
    public void Bind_AnyObjectAsOnlyParameter_IsTheArgument() => Invoke((object? value) => value, "x").ShouldBe("x");

    [Fact]
    public void Bind_AsyncVoid_IsRefused() =>
        Should.Throw<ArgumentException>(() => DelegateBinder.Bind("f", new Action(async () => await Task.Yield()))).Message.ShouldContain("Let it return a Task");

    [Fact]
    public void Bind_Void_IsUndefined() => Invoke(() => { }).ShouldBe(JsUndefined.Value);

    [Fact]
    public void Bind_SameMethodOfManyInstances_KeepsThemApart()
    {
        Func<int> Counter(int start) => () => start++;

        var (a, b) = (DelegateBinder.Bind("a", Counter(1)), DelegateBinder.Bind("b", Counter(10)));

        new[] { a.Invoke(Scope.Call()), b.Invoke(Scope.Call()), a.Invoke(Scope.Call()) }.ShouldBe([1, 10, 2]);
    }

    [Fact]
    public void Bind_SameMethodAsAnotherDelegateType_Works()
    {
        Func<string> text = Text;
        Func<object> value = Text;

        DelegateBinder.Bind("a", text).Invoke(Scope.Call()).ShouldBe("x");
        DelegateBinder.Bind("b", value).Invoke(Scope.Call()).ShouldBe("x");

        static string Text() => "x";
    }

    [Fact]
    public void Bind_InstanceAndExtensionMethods_AreCalledOnTheirTarget()
    {
        Invoke((Func<string, bool>)"abc".Contains, "b").ShouldBe(true);
        Invoke((Func<int, char>)"abc".ElementAt, 1L).ShouldBe('b');
    }

    [Fact]
    public void Bind_Exception_IsTheHandlersOwn() =>
        Should.Throw<InvalidOperationException>(() => Invoke(new Func<int>(() => throw new InvalidOperationException("own")))).Message.ShouldBe("own");

    [Fact]
    public void Bind_TypesThatCannotCross_AreRefused()
    {
        Should.Throw<ArgumentException>(() => DelegateBinder.Bind("f", (ref int a) => a)).Message.ShouldContain("The parameter 'a' of 'f'");
        Should.Throw<ArgumentException>(() => DelegateBinder.Bind("f", (ReadOnlySpan<char> a) => a.Length)).Message.ShouldContain("cannot be read from JavaScript");
        Should.Throw<ArgumentException>(() => DelegateBinder.Bind("f", () => "abc".AsSpan())).Message.ShouldContain("'f' returns");
    }

    [Theory]
    [InlineData(nameof(TaskOfValue), true)]
    [InlineData(nameof(PlainTask), true)]
    [InlineData(nameof(ValueTaskOfValue), true)]
    [InlineData(nameof(PlainValueTask), true)]
    [InlineData(nameof(Value), false)]
    [InlineData(nameof(Stream), false)]
    [InlineData(nameof(Object), false)]
    public void Bind_ReturnType_TellsWhetherItIsAsync(string method, bool isAsync)
    {
        var handler = typeof(DelegateBinderTests).GetMethod(method, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;

        DelegateBinder.Bind("f", handler.CreateDelegate(System.Linq.Expressions.Expression.GetDelegateType(handler.ReturnType))).IsAsync.ShouldBe(isAsync);
    }

    private static object? Invoke(Delegate handler, params object?[] arguments) => DelegateBinder.Bind("f", handler).Invoke(Scope.Call(arguments));

    private static Task<int> TaskOfValue() => Task.FromResult(1);

    private static Task PlainTask() => Task.CompletedTask;

    private static ValueTask<int> ValueTaskOfValue() => ValueTask.FromResult(1);

    private static ValueTask PlainValueTask() => default;

    private static int Value() => 1;

    private static IAsyncEnumerable<int> Stream() => AsyncEnumerable.Empty<int>();

    private static object Object() => new[] { 1 }.Length > 0 ? Task.CompletedTask : "";
}
