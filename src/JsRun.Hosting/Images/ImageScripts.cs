using System.Security.Cryptography;
using System.Text.Json;
using JsRun.Engine.Scripts;
using JsRun.Images.Building;

namespace JsRun.Images;

/// <summary>The scripts that make an image. Their other half is <c>JavaScript/src/image/build.ts</c>.</summary>
internal static class ImageScripts
{
    private const int TokenBytes = 16;
    private static readonly WorkerScript Runtime = new(Bundles.Runtime.Name, null);
    private static readonly WorkerScript Tables = new(Bundles.TablesName, null);

    public static WorkerJob Build(ImageRecipe recipe, IEnumerable<ImageFunction> functions) => new(
        WorkerMode.Build,
        recipe.Settings,
        new WorkerContext("the web layer", [Runtime], "typeof __jsrun", null),
        [.. functions.Select(f => Describe(f, recipe.Settings))],
        WorkerProcess.MaxMemoryBytes);

    public static WorkerJob Verify(ImageRecipe recipe, IEnumerable<ImageFunction> functions) => Build(recipe, []) with
    {
        Mode = WorkerMode.Verify,
        Contexts = [.. functions.Select(f => new WorkerContext(f.Name, [], null, f.Graph.EntryUrl))],
    };

    /// <summary>A snapshot of scripts: they make the default context what it is.</summary>
    public static WorkerJob Snapshot(IEnumerable<WorkerScript> userScripts, string settings)
    {
        var builder = NewName();
        List<WorkerScript> scripts = [Runtime, Tables, new("jsrun:image", $"const {builder} = __jsrun.image({Quote(settings)}); {builder}.start()")];
        scripts.AddRange(userScripts);
        return new WorkerJob(WorkerMode.Build, settings, new WorkerContext("the snapshot", scripts, $"{builder}.seal()", WorkerContext.UserScripts), [], WorkerProcess.MaxMemoryBytes);
    }

    private static WorkerContext Describe(ImageFunction function, string settings)
    {
        var builder = NewName();
        var (graph, name) = (function.Graph, function.Name);
        List<WorkerScript> scripts = [Runtime, Tables, new("jsrun:image", $"const {builder} = __jsrun.image({Quote(settings)})")];
        // The modules' functions are expressions: nothing of the user's runs here.
        scripts.AddRange(graph.Functions.Select(f => new WorkerScript(f.Name, $"{f.Code}\n.__jsrunModule")));
        scripts.Add(new("jsrun:image", $"{builder}.evaluate({Quote(graph.Json)}, {Quote(graph.EntryUrl)})"));
        return new WorkerContext(name, scripts, $"{builder}.seal()", graph.EntryUrl);
    }

    /// <summary>A name for the builder that no code can guess, in the one scope that no code can list.</summary>
    private static string NewName() => $"jsrun_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes))}";

    private static string Quote(string text) => JsonSerializer.Serialize(text, WorkerJson.Default.String);
}
