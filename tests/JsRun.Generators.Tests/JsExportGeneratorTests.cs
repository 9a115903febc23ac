using Microsoft.CodeAnalysis;

namespace JsRun.Generators.Tests;

public sealed class JsExportGeneratorTests
{
    [Theory]
    [InlineData("public int Add(int a, int b) => a + b;", """AddFunction<int>("add", call => this.Add(call.GetArgument<int>(0, "a"), call.GetArgument<int>(1, "b")))""")]
    [InlineData("public void Log(string text) { }", """AddFunction("log", call => { this.Log(call.GetArgument<string>(0, "text")); return global::JsRun.JsUndefined.Value; })""")]
    [InlineData("public int? Half(int? a) => a / 2;", """AddFunction<int?>("half", call => this.Half(call.GetArgumentOrDefault<int?>(0, "a")))""")]
    [InlineData("public string Join(string? a) => a!;", """this.Join(call.GetArgumentOrDefault<string>(0, "a"))""")]
    [InlineData("public object? Same(object? a) => a;", """this.Same(call.GetArgumentOrDefault<object>(0, "a"))""")]
    [InlineData("public string? Find(System.Collections.Generic.List<string?> a) => a[0];", """call.GetArgument<global::System.Collections.Generic.List<string?>>(0, "a")""")]
    [InlineData("public int Sum(params int[] all) => all.Length;", """this.Sum(call.GetRemainingArguments<int>(0, "all"))""")]
    [InlineData("public int Get(CancellationToken token, int a, JsHostCall call, IJsRuntime? runtime) => a;", """this.Get(call.CancellationToken, call.GetArgument<int>(0, "a"), call, call.Runtime!)""")]
    [InlineData("public Task SaveAsync(string text) => Task.CompletedTask;", """AddAsyncFunction("saveAsync", call => new global::System.Threading.Tasks.ValueTask(this.SaveAsync(call.GetArgument<string>(0, "text"))))""")]
    [InlineData("public Task<int?> ReadAsync() => Task.FromResult<int?>(1);", """AddAsyncFunction<int?>("readAsync", call => new global::System.Threading.Tasks.ValueTask<int?>(this.ReadAsync()))""")]
    [InlineData("public ValueTask WaitAsync() => default;", """AddAsyncFunction("waitAsync", call => this.WaitAsync())""")]
    [InlineData("public ValueTask<string?> TextAsync() => default;", """AddAsyncFunction<string?>("textAsync", call => this.TextAsync())""")]
    [InlineData("public string Title { get; } = \"\";", """AddProperty<string>("title", () => this.Title)""")]
    [InlineData("public string Title { get; init; } = \"\";", """AddProperty<string>("title", () => this.Title)""")]
    [InlineData("public string Title { get; private set; } = \"\";", """AddProperty<string>("title", () => this.Title)""")]
    [InlineData("public int Count { get; set; }", """AddProperty<int>("count", () => this.Count, call => this.Count = call.GetArgument<int>(0, "value"))""")]
    [InlineData("public string? Note { get; set; }", """call => this.Note = call.GetArgumentOrDefault<string>(0, "value")""")]
    [InlineData("[JsExport(\"a \\\"b\\\"\")] public int @class() => 1;", """AddFunction<int>("a \"b\"", call => this.@class())""")]
    [InlineData("[JsExport] internal int Hidden() => 1;", """AddFunction<int>("hidden", call => this.Hidden())""")]
    [InlineData("[JsExport] public static int Number() => 1;", """AddFunction<int>("number", call => global::Sample.Number())""")]
    [InlineData("public string URLOf(string ID) => ID;", "AddFunction<string>(\"urlOf\"")]
    public void Member_ThatCanCross_IsRegistered(string member, string expected)
    {
        var generated = Generated.From($"[JsExport] public partial class Sample {{ {member} }}");

        generated.Diagnostics.ShouldBeEmpty();
        generated.Errors.ShouldBeEmpty();
        generated.Text.ShouldContain(expected);
    }

    [Theory]
    [InlineData("int a = 5", "call.GetArgumentOrDefault<int>(0, \"a\", (int)(5))")]
    [InlineData("long a = -5", "(long)(-5)")]
    [InlineData("double a = 0.5", "(double)(0.5)")]
    [InlineData("double a = double.NaN", "double.NaN")]
    [InlineData("float a = 1.5f", "1.5f")]
    [InlineData("decimal a = 1.5m", "1.5m")]
    [InlineData("char a = '\\''", "(char)('\\'')")]
    [InlineData("bool a = true", "(bool)(true)")]
    [InlineData("string a = \"x\\\"y\"", "call.GetArgumentOrDefault<string>(0, \"a\", \"x\\\"y\")!")]
    [InlineData("string? a = null", "call.GetArgumentOrDefault<string>(0, \"a\")")]
    [InlineData("DayOfWeek a = DayOfWeek.Friday", "(global::System.DayOfWeek)(5)")]
    [InlineData("DayOfWeek? a = DayOfWeek.Friday", "(global::System.DayOfWeek?)(5)")]
    [InlineData("DateTimeOffset a = default", "call.GetArgumentOrDefault<global::System.DateTimeOffset>(0, \"a\")")]
    [InlineData("int? a = 5", "call.GetArgumentOrDefault<int?>(0, \"a\", (int?)(5))")]
    public void Parameter_WithDefault_KeepsIt(string parameter, string expected)
    {
        var generated = Generated.From($"[JsExport] public partial class Sample {{ public void Call({parameter}) {{ }} }}");

        generated.Errors.ShouldBeEmpty();
        generated.Text.ShouldContain(expected);
    }

    [Theory]
    [InlineData("[JsIgnore] public int Secret() => 1;")]
    [InlineData("internal int Secret() => 1;")]
    [InlineData("private int Secret { get; set; }")]
    [InlineData("public static int Secret() => 1;")]
    [InlineData("public override string ToString() => \"Secret\";")]
    [InlineData("public override int GetHashCode() => 1;")]
    [InlineData("public void Dispose() { }")]
    [InlineData("public event Action? Secret { add { } remove { } }")]
    [InlineData("public int Secret;")]
    public void Member_ThatIsNotMeant_IsLeftOut(string member)
    {
        var generated = Generated.From($"[JsExport] public partial class Sample {{ public int Known() => 1; {member} }}");

        generated.Errors.ShouldBeEmpty();
        generated.Text.Split("exports.Add").Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("JSRUN001", "[JsExport] public class Sample { public int A() => 1; }", "Sample")]
    [InlineData("JSRUN001", "public class Outer { [JsExport] public partial class Sample { public int A() => 1; } }", "Sample")]
    [InlineData("JSRUN002", "[JsExport] public partial class Sample { public T Same<T>(T value) => value; }", "Same")]
    [InlineData("JSRUN003", "[JsExport] public partial class Sample { public int A(ref int value) => value; }", "value")]
    [InlineData("JSRUN003", "[JsExport] public partial class Sample { public void A(out int value) => value = 1; }", "value")]
    [InlineData("JSRUN003", "[JsExport] public partial class Sample { public int A(ReadOnlySpan<byte> bytes) => 1; }", "bytes")]
    [InlineData("JSRUN003", "[JsExport] public partial class Sample { public unsafe int A(int* pointer) => 1; }", "pointer")]
    [InlineData("JSRUN004", "[JsExport] public partial class Sample { public Span<byte> Bytes() => default; }", "Bytes")]
    [InlineData("JSRUN004", "[JsExport] public partial class Sample { private int _a; public ref int A() => ref _a; }", "A")]
    [InlineData("JSRUN004", "[JsExport] public partial class Sample { public Span<byte> Bytes => default; }", "Bytes")]
    [InlineData("JSRUN005", "[JsExport] public partial class Sample { public int this[int i] => i; }", "this")]
    [InlineData("JSRUN005", "[JsExport] public partial class Sample { public int Only { set { } } }", "Only")]
    [InlineData("JSRUN006", "[JsExport] public partial class Sample { public int A(int a) => a; public int A(string b) => 1; }", "A")]
    [InlineData("JSRUN006", "[JsExport] public partial class Sample { public int A(int a) => a; [JsExport(\"a\")] public int B() => 1; }", "B")]
    [InlineData("JSRUN007", "[JsExport] public partial class Sample { }", "Sample")]
    [InlineData("JSRUN008", "public partial class Sample { [JsExport] public int A() => 1; }", "A")]
    [InlineData("JSRUN009", "[JsExport] public static partial class Sample { [JsExport] public static int A() => 1; }", "Sample")]
    [InlineData("JSRUN010", "[JsExport] public partial class Sample { public async void A() => await Task.Yield(); }", "A")]
    public void Class_ThatCannotBeExported_IsReportedWhereItIs(string id, string source, string place)
    {
        var diagnostic = Generated.From(source).Diagnostics.ShouldHaveSingleItem();

        diagnostic.Id.ShouldBe(id);
        diagnostic.GetMessage().ShouldNotContain("{");
        diagnostic.Location.GetLineSpan().Path.ShouldBe("Source.cs");
        diagnostic.Location.GetLineSpan().StartLinePosition.Line.ShouldBe(1);
        source[diagnostic.Location.GetLineSpan().StartLinePosition.Character..].ShouldStartWith(place);
    }

    [Fact]
    public void Class_WithAnError_IsNotWritten() =>
        Generated.From("[JsExport] public partial class Sample { public int A() => 1; public T Same<T>(T value) => value; }").Text.ShouldBeEmpty();

    [Theory]
    [InlineData("namespace Deep.Down; [JsExport] public partial class Sample { public int A() => 1; }")]
    [InlineData("public partial class Outer<T> { internal partial record Middle { [JsExport] private partial class Sample<U> where U : class { public U? A(T? t) => null; } } }")]
    [InlineData("[JsExport] public sealed partial record Sample(int A, string B) { public int C => 1; }")]
    [InlineData("[JsExport] public partial class @event { public int A(int @class) => 1; }")]
    public void Class_OfAnyShape_Compiles(string source)
    {
        var generated = Generated.From(source);

        generated.Errors.ShouldBeEmpty();
        generated.Text.ShouldContain("exports.Add");
    }

    [Fact]
    public void Class_WithExportedBase_HasItsMembersToo()
    {
        var generated = Generated.From("""
            [JsExport] public partial class Animal { public virtual string Sound() => ""; public int Legs => 4; [JsExport] private int Own() => 1; }
            public partial class Middle : Animal { public int Between() => 1; }
            [JsExport] public partial class Dog : Animal { public override string Sound() => "wuff"; public int Age => 3; }
            """);

        generated.Errors.ShouldBeEmpty();
        generated.Text.Split("\"sound\"").Length.ShouldBe(3);
        generated.Text.Split("\"legs\"").Length.ShouldBe(3);
        generated.Text.Split("\"own\"").Length.ShouldBe(2);
        generated.Text.ShouldNotContain("between");
    }

    [Fact]
    public void Generator_UnrelatedChange_ReadsNothingAnew() =>
        Generated.ReasonsAfterUnrelatedChange("[JsExport] public partial class Sample { public int A(int b) => b; public T Wrong<T>() => default!; }")
            .ShouldAllBe(reason => reason == IncrementalStepRunReason.Unchanged || reason == IncrementalStepRunReason.Cached);
}
