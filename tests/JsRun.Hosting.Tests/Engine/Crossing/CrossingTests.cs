using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using JsRun.Engine.Crossing;
using JsRun.Streams;
using JsRun.Values;
using Microsoft.Extensions.Logging;

namespace JsRun.Hosting.Tests.Engine.Crossing;

/// <summary>What may cross between the host and JavaScript: invariants 2 and 3 of the architecture.</summary>
public sealed partial class CrossingTests
{
    private const string OperationsFile = "kernel/ops.ts";
    private static readonly string Sources = Path.Combine(Repository.Root, "src");

    private static IEnumerable<(string File, string Text)> CSharp => Directory
        .EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains("node_modules", StringComparison.Ordinal))
        .Select(f => (Path.GetRelativePath(Sources, f), File.ReadAllText(f)));

    public static TheoryData<string> MirroredEnums => [.. ScriptEnum.All.Where(e => !e.IsJavaScriptsAlone).Select(e => e.ToString())];

    [Theory]
    [MemberData(nameof(MirroredEnums))]
    public void Enum_BothSides_Agree(string name)
    {
        var script = ScriptEnum.All.Single(e => e.ToString() == name);
        var type = FindEnum(script.CSharpName).ShouldNotBeNull($"C# has no enum {script.CSharpName}: give them one name, or write \"In C#: Name\" or \"{ScriptEnum.JavaScriptsAlone}\" into the comment of {name}");
        var members = Enum.GetNames(type).ToDictionary(n => n, n => (object)Convert.ToInt32(Enum.Parse(type, n), CultureInfo.InvariantCulture));

        // An enum of another library may have members that no script uses.
        var mirrored = type.Assembly == typeof(HostOp).Assembly ? members : members.Where(m => script.Members.ContainsKey(m.Key));

        script.Members.ShouldNotBeEmpty();
        script.Members.ShouldBe(mirrored, ignoreOrder: true);
    }

    [Fact]
    public void Enum_JavaScriptsAlone_HasNoNamesakeInCSharp() => ScriptEnum.All.Where(e => e.IsJavaScriptsAlone && FindEnum(e.Name) is not null).ShouldBeEmpty();

    [Fact]
    public void Enum_ThatNamesScriptsFile_IsMirrored()
    {
        var mirrors = CSharp.Where(s => MirrorPattern().IsMatch(s.Text)).Select(s => Path.GetFileNameWithoutExtension(s.File)).ToArray();

        mirrors.ShouldNotBeEmpty();
        mirrors.ShouldBeSubsetOf(ScriptEnum.All.Where(e => !e.IsJavaScriptsAlone).Select(e => e.CSharpName));
    }

    [Fact]
    public void Numbers_BothSides_Agree()
    {
        var theirs = ConstantPattern().Matches(Operations).ToDictionary(m => m.Groups[1].Value, m => int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));

        ((int)JsResultKind.Undefined).ShouldBe(CrossingCode.Undefined);
        theirs.ShouldBe(
            new Dictionary<string, int>
            {
                ["NONE"] = CrossingCode.None,
                ["PENDING"] = SourceState.Pending,
                ["FAILED"] = CrossingCode.Failed,
                ["GO_ON"] = CrossingCode.GoOn,
                ["WAIT"] = SinkState.Wait,
                ["REFUSED"] = CrossingCode.Refused,
                ["ERROR_RESULT"] = CrossingCode.ErrorResult,
            },
            ignoreOrder: true);
    }

    [Theory]
    [InlineData(@"\.AddHostObject\b")]
    [InlineData(@"\.AddHostType\b")]
    [InlineData(@"\.AddRestrictedHostObject\b")]
    [InlineData(@"\.AddCOM")]
    [InlineData(@"(?<!Engine\.)\bHostFunctions\b")]
    [InlineData(@"\bHostTypeCollection\b")]
    [InlineData(@"\bPropertyBag\b")]
    [InlineData(@"\bEnableTaskPromiseConversion\b")]
    [InlineData(@"\bEnableStringifyEnhancements\b")]
    [InlineData(@"\bEnableValueTaskPromiseConversion\b")]
    [InlineData(@"\bAllowReflection\b")]
    [InlineData(@"\bDisableTypeRestriction\b")]
    [InlineData(@"\bAddPerformanceObject\b")]
    [InlineData(@"\bDocumentAccessFlags\b")]
    [InlineData(@"\bToTask\(")]
    [InlineData(@"\.ToPromise\(")]
    [InlineData(@"\.Global\b")]
    [InlineData(@"\.Script\.")]
    public void Sources_ForbiddenRoad_IsNotTaken(string pattern) => WithUserCode.Where(s => Regex.IsMatch(s.Text, pattern)).Select(s => s.File).ShouldBeEmpty();

    // Without the files that use contexts in which no user code ever runs: the native layer, its self-test, and the probe, which checks an image in a process of its own.
    private static IEnumerable<(string File, string Text)> WithUserCode =>
        CSharp.Where(s => s.File.Replace('\\', '/') is var file && !file.StartsWith("JsRun.Hosting/Engine/Native/", StringComparison.Ordinal)
            && file is not ("JsRun.Hosting/Engine/Isolates/ImageProbe.cs" or "JsRun.Hosting/Engine/Isolates/NativeSelfTest.cs"));

    [Fact]
    public void Sources_ClearScript_IsNamedInTheEngineOnly()
    {
        var files = CSharp.Where(s => s.Text.Contains("using Microsoft.ClearScript", StringComparison.Ordinal)).Select(s => s.File.Replace('\\', '/')).ToArray();

        files.ShouldNotBeEmpty();
        files.ShouldAllBe(f => f.StartsWith("JsRun.Hosting/Engine/", StringComparison.Ordinal));
    }

    // The home engine's makes contexts, and stays in one where nobody's code runs.
    [Fact]
    public void Sources_HostFunction_IsMadeInOnePlace() =>
        WithUserCode.SelectMany(s => Regex.Matches(s.Text, @"new V8FastHostFunction\b").Select(_ => s.File.Replace('\\', '/')))
            .ShouldBe(["JsRun.Hosting/Engine/Isolates/HomeEngine.cs", "JsRun.Hosting/Engine/Contexts/V8Context.cs"]);

    [Fact]
    public void Sources_PropertiesOfScriptObjects_AreNotRead() =>
        // Those of a type of .NET are no script's.
        WithUserCode.Where(s => Regex.IsMatch(s.Text, @"(?<!typeof\(\w+\))\.(GetProperty|PropertyNames|PropertyIndices|DeleteProperty|SetProperty|InvokeMethod)\b")).Select(s => s.File).ShouldBeEmpty();

    [Fact]
    public void PublicApi_EngineTypes_AreNotInIt()
    {
        var leaks = typeof(IJsRuntime).Assembly.GetExportedTypes()
            .SelectMany(t => t.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic).Where(IsVisible).SelectMany(TypesOf).Append(t.BaseType ?? typeof(object)).Select(used => (t, used)))
            .Where(x => Mentions(x.used))
            .Select(x => $"{x.t} uses {x.used}");

        leaks.ShouldBeEmpty();
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(true).Any(a => a.IsPublic || a.IsFamily || a.IsFamilyOrAssembly),
        _ => false,
    };

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType),
        MethodBase constructor => constructor.GetParameters().Select(p => p.ParameterType),
        FieldInfo field => [field.FieldType],
        PropertyInfo property => [property.PropertyType],
        _ => [],
    };

    private static bool Mentions(Type type) =>
        type.Namespace?.StartsWith("Microsoft.ClearScript", StringComparison.Ordinal) == true
        || type.Namespace == "JsRun.Engine"
        || (type.IsGenericType && type.GetGenericArguments().Any(Mentions))
        || (type.HasElementType && Mentions(type.GetElementType()!));

    private static string Operations => ReadScript(OperationsFile);

    private static string ReadScript(string file) => File.ReadAllText(Path.Combine(Sources, "JsRun.Hosting/JavaScript/src", file));

    private static Type? FindEnum(string name) =>
        name == typeof(LogLevel).FullName ? typeof(LogLevel) : typeof(HostOp).Assembly.GetTypes().SingleOrDefault(t => t.IsEnum && t.Name == name);

    [GeneratedRegex(@"export const ([A-Z_]+) = (-?\d+);")]
    private static partial Regex ConstantPattern();

    [GeneratedRegex(@"Mirrors [^\n]*JavaScript/src/[^\n]*\n(?:\[Flags\]\n)?internal enum ")]
    private static partial Regex MirrorPattern();
}
