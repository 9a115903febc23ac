using System.Reflection;
using System.Text.RegularExpressions;
using JsRun.Engine.Crossing;
using JsRun.Engine.Operations;
using JsRun.Engine.Web;
using JsRun.Streams;
using JsRun.WebApi.Crypto;

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

    [Theory]
    [InlineData("HostOp", typeof(HostOp))]
    [InlineData("EntryOp", typeof(EntryOp))]
    public void Operations_BothSides_Agree(string name, Type type)
    {
        var theirs = Enum.GetValuesAsUnderlyingType(type).Cast<int>().ToDictionary(n => Enum.GetName(type, n)!, n => n);

        ReadEnum(name).ShouldBe(theirs, ignoreOrder: true);
    }

    [Theory]
    [InlineData("CryptoOperation", typeof(CryptoOperation))]
    [InlineData("CryptoAlgorithm", typeof(CryptoAlgorithm))]
    [InlineData("CryptoHash", typeof(CryptoHash))]
    [InlineData("CryptoKeyFormat", typeof(CryptoKeyFormat))]
    public void CryptoNumbers_BothSides_Agree(string name, Type type)
    {
        var theirs = Enum.GetValuesAsUnderlyingType(type).Cast<int>().ToDictionary(n => Enum.GetName(type, n)!, n => n);

        ReadEnum(name, "web/crypto/numbers.ts").ShouldBe(theirs, ignoreOrder: true);
    }

    [Fact]
    public void Kinds_BothSides_Agree()
    {
        ReadEnum("BodyKind").ShouldBe(Members<EdgeFunctionBodyKind>(), ignoreOrder: true);
        ReadEnum("AbortKind").ShouldBe(Members<AbortKind>(), ignoreOrder: true);
        ReadEnum("CodecStep").ShouldBe(Members<CodecStep>(), ignoreOrder: true);
        ReadEnum("SocketStep").ShouldBe(Members<SocketStep>(), ignoreOrder: true);
        ReadEnum("SocketEvent").ShouldBe(Members<SocketEvent>(), ignoreOrder: true);
        var results = ReadEnum("ResultKind");
        results["Undefined"].ShouldBe(CrossingCode.Undefined);
        results["Json"].ShouldBe((int)JsResultKind.Json);
        results["Error"].ShouldBe(CrossingCode.ErrorResult);
        results.Where(r => r.Key != "Error").ToDictionary().ShouldBe(Members<JsResultKind>(), ignoreOrder: true);
    }

    [Fact]
    public void Numbers_BothSides_Agree()
    {
        var theirs = ConstantPattern().Matches(Operations).ToDictionary(m => m.Groups[1].Value, m => int.Parse(m.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture));

        theirs.ShouldBe(
            new Dictionary<string, int>
            {
                ["NONE"] = CrossingCode.None,
                ["PENDING"] = SourceState.Pending,
                ["FAILED"] = CrossingCode.Failed,
                ["GO_ON"] = CrossingCode.GoOn,
                ["WAIT"] = SinkState.Wait,
                ["REFUSED"] = CrossingCode.Refused,
            },
            ignoreOrder: true);
    }

    [Theory]
    [InlineData(@"\.AddHostObject\b")]
    [InlineData(@"\.AddHostType\b")]
    [InlineData(@"\.AddRestrictedHostObject\b")]
    [InlineData(@"\.AddCOM")]
    [InlineData(@"\bHostFunctions\b")]
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

    // Not what has contexts for itself: the native layer builds and tests with some that no user code ever runs in, and the probe looks at an image in a process of its own.
    private static IEnumerable<(string File, string Text)> WithUserCode =>
        CSharp.Where(s => s.File.Replace('\\', '/') is var file && !file.StartsWith("JsRun.Hosting/Engine/Native/", StringComparison.Ordinal) && file != "JsRun.Hosting/Engine/Isolates/ImageProbe.cs");

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
        WithUserCode.Where(s => Regex.IsMatch(s.Text, @"\.(GetProperty|PropertyNames|PropertyIndices|DeleteProperty|SetProperty|InvokeMethod)\b")).Select(s => s.File).ShouldBeEmpty();

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

    private static Dictionary<string, int> Members<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(v => v.ToString(), v => Convert.ToInt32(v, System.Globalization.CultureInfo.InvariantCulture));

    private static Dictionary<string, int> ReadEnum(string name, string file = OperationsFile)
    {
        var body = Regex.Match(ReadScript(file), $@"enum {name} \{{(.*?)\}}\s*$", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value;
        var members = MemberPattern().Matches(CommentPattern().Replace(body, "")).ToDictionary(m => m.Groups[1].Value, m => int.Parse(m.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture));
        members.ShouldNotBeEmpty();
        return members;
    }

    [GeneratedRegex(@"export const ([A-Z_]+) = (-?\d+);")]
    private static partial Regex ConstantPattern();

    [GeneratedRegex(@"(\w+) = (\d+)")]
    private static partial Regex MemberPattern();

    [GeneratedRegex(@"/\*\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex CommentPattern();
}
