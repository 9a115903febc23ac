using System.Text.RegularExpressions;
using JsRun.Engine.Native;

namespace JsRun.Hosting.Tests.Engine.Native;

/// <summary>The rules of the native code, tested by its source.</summary>
public sealed partial class NativeSourceTests
{
    private const string NativeLayer = "JsRun.Hosting/Engine/Native/";

    // The bottom room: the lower rooms need a few functions of the C library, and must not refer to the engine.
    private const string Interop = "JsRun.Hosting/Interop/";

    private static readonly (string File, string Text)[] Sources = [.. Read()];

    [Fact]
    public void UnsafeCode_IsInTheNativeLayerOnly()
    {
        var files = Sources.Where(s => UnsafePattern().IsMatch(s.Text)).Select(s => s.File).ToArray();

        files.ShouldNotBeEmpty();
        files.ShouldAllBe(file => file.StartsWith(NativeLayer, StringComparison.Ordinal));
    }

    [Fact]
    public void ImportsOfNativeFunctions_AreInTheNativeLayerAndTheInteropRoomOnly()
    {
        var files = Sources.Where(s => ImportPattern().IsMatch(s.Text)).Select(s => s.File).ToArray();

        files.ShouldNotBeEmpty();
        files.ShouldAllBe(file => file.StartsWith(NativeLayer, StringComparison.Ordinal) || file.StartsWith(Interop, StringComparison.Ordinal));
    }

    [Fact]
    public void Interop_RefersToNoOtherRoom() =>
        Sources.Where(s => s.File.StartsWith(Interop, StringComparison.Ordinal) && s.Text.Contains("using JsRun.", StringComparison.Ordinal)).Select(s => s.File).ShouldBeEmpty();

    [Fact]
    public void FlagsOfV8_AreUsedInOnePlace() =>
        Sources.Where(s => s.Text.Contains("GlobalFlags", StringComparison.Ordinal)).Select(s => s.File).ShouldBe(["JsRun.Hosting/Engine/Isolates/EngineFlags.cs"]);

    // The whole body: nothing before the try block, nothing after the catch block, and no other catch block between that lets something through.
    [Fact]
    public void Functions_ThatV8Calls_CatchEverythingAndAskTheBoundary()
    {
        var functions = Sources.SelectMany(s => CallbackPattern().Matches(s.Text).Select(m => (s.File, Name: m.Groups[1].Value, Body: BodyOf(s.Text, m.Index)))).ToArray();

        functions.Length.ShouldBe(Sources.Sum(s => s.Text.Split("[UnmanagedCallersOnly").Length - 1));
        functions.Length.ShouldBe(21);
        functions.Where(f => !GuardedPattern().IsMatch(f.Body)).Select(f => $"{f.File}: {f.Name}").ShouldBeEmpty();
    }

    // Addresses in the library's file are numbers; what belongs to V8 has a type of its own.
    [Fact]
    public void HandlesOfV8_AreNotNumbers()
    {
        string[] numbers = ["LoadedModule.cs", "MemoryMap.cs", "NativeSymbol.cs", "V8Library.cs", "JumpSlot.cs", "IsolateParameters.cs"];

        Sources.Where(s => s.File.StartsWith(NativeLayer, StringComparison.Ordinal) && !s.File.Contains("/Handles/", StringComparison.Ordinal) && !numbers.Contains(Path.GetFileName(s.File)))
            .SelectMany(s => NumberPattern().Matches(s.Text).Select(m => $"{s.File}: {m.Value}"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void NativeLayer_HasNoSwitchesForTheProcess() =>
        Sources.Where(s => s.File.StartsWith(NativeLayer, StringComparison.Ordinal))
            .SelectMany(s => SwitchPattern().Matches(s.Text).Where(m => !s.Text[..m.Index].TrimEnd().EndsWith("[field: ThreadStatic]", StringComparison.Ordinal)).Select(m => $"{s.File}: {m.Value.Trim()}"))
            .ShouldBeEmpty();

    [Fact]
    public void V8_IsBoundByTheGateOnly()
    {
        Sources.Where(s => s.Text.Contains("new V8Api(", StringComparison.Ordinal)).Select(s => s.File).ShouldBe(["JsRun.Hosting/Engine/Native/Binding/V8Gate.cs"]);
        Sources.Where(s => s.Text.Contains("NativeHooks.Install(", StringComparison.Ordinal)).Select(s => s.File).ShouldBe(["JsRun.Hosting/Engine/Native/Binding/V8Gate.cs"]);
        Sources.Where(s => StaticPointerPattern().IsMatch(s.Text)).Select(s => s.File).ShouldBeEmpty();
    }

    [Fact]
    public void Boundary_AnException_IsNamedWithTheFunctionOfV8() =>
        NativeBoundary.Describe("v8::Script::Run", new InvalidOperationException("cause")).ShouldBe("JsRun: the code that V8 calls for v8::Script::Run threw an exception, which must not reach V8: InvalidOperationException: cause");

    // The braces of what follows, with what is between them.
    private static string BodyOf(string text, int from)
    {
        var start = text.IndexOf('{', from);
        var depth = 0;
        for (var i = start; i < text.Length; i++)
        {
            depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return text[start..(i + 1)];
            }
        }

        throw new InvalidOperationException("A brace is missing.");
    }

    private static IEnumerable<(string File, string Text)> Read()
    {
        var root = Path.Combine(Repository.Root, "src");
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(root, file).Replace('\\', '/'), Path: file))
            .Where(file => !file.Name.Contains("/node_modules/", StringComparison.Ordinal) && !file.Name.Contains("/obj/", StringComparison.Ordinal))
            .Select(file => (file.Name, File.ReadAllText(file.Path)));
    }

    // Comments may say the word.
    [GeneratedRegex(@"^(?!\s*//).*\b(unsafe\b|delegate\s*\*|stackalloc nint\b)", RegexOptions.Multiline)]
    private static partial Regex UnsafePattern();

    [GeneratedRegex(@"\[(DllImport|LibraryImport)\b|\bGetDelegateForFunctionPointer\b|\bGetFunctionPointerForDelegate\b|\bUnmanagedCallersOnly\b|\bNativeMemory\b|\bMarshal\.(Alloc|Read|Write)")]
    private static partial Regex ImportPattern();

    [GeneratedRegex(@"\[UnmanagedCallersOnly\]\s+private static [\w]+ (\w+)\(")]
    private static partial Regex CallbackPattern();

    [GeneratedRegex(@"^\{\s*try\n        \{.*?\n        \}\n        catch \(Exception (?<e>\w+)\)\n        \{(\n            //[^\n]*)*\n            (throw NativeBoundary\.Fail|NativeBoundary\.Ignore)\(""[^""]+"", \k<e>\);(\n            return \w+;)?\n        \}\s*\}$", RegexOptions.Singleline)]
    private static partial Regex GuardedPattern();

    // As a parameter, a result, or in the signature of a function pointer. "number" is that of a sample, which V8 passes on.
    [GeneratedRegex(@"[(,] *(in |out |ref )?nint\*? (?!number\b)\w+[,)]|\b(static|public|private|internal) nint\*? \w+\(")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"^.*(?<!\w)static (?!readonly|partial|extern|class|unsafe)[\w?<>]+ \w+ \{ get; (internal |private )?set; \}", RegexOptions.Multiline)]
    private static partial Regex SwitchPattern();

    [GeneratedRegex(@"static (readonly )?delegate\s*\*[^;=(]*\w+( \{ get; .*set; \}|;)")]
    private static partial Regex StaticPointerPattern();
}
