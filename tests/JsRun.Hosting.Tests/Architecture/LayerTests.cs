namespace JsRun.Hosting.Tests.Architecture;

/// <summary>Who may call whom: docs/architecture.md's layers, without exception.</summary>
public sealed class LayerTests
{
    private const int MostRoomsInACycle = 6;
    private const int MostFilesInAFolder = 40;

    [Fact]
    public void Folders_OfSources_BelongToARoom() =>
        HostingTypes.Files.Select(static file => Path.GetDirectoryName(file)!.Replace('\\', '/')).Distinct().Where(static folder => Layer.RoomOf(folder) is null).ShouldBeEmpty();

    [Fact]
    public void Rooms_OfLayers_Exist() =>
        Layer.All.SelectMany(static layer => layer.Rooms).Where(static room => !Directory.Exists(Path.Combine(HostingTypes.Root, room))).ShouldBeEmpty();

    [Fact]
    public void Types_OfALayer_UseNoHigherLayer()
    {
        HostingTypes.Uses.Count.ShouldBeGreaterThan(1000, "the assembly was not read");

        HostingTypes.Uses
            .Select(static use => (use.From, use.To, FromRoom: RoomOfType(use.From), ToRoom: RoomOfType(use.To)))
            .Where(static use => Layer.HeightOf(use.FromRoom) < Layer.HeightOf(use.ToRoom))
            .Select(static use => $"{use.FromRoom}: {use.From} uses {use.ToRoom}: {use.To}")
            .Order(StringComparer.Ordinal)
            .ShouldBeEmpty();
    }

    // What the compiler leaves no trace of: constants, names in XML docs.
    [Fact]
    public void Usings_OfALayer_NameNoHigherLayer() =>
        HostingTypes.Files
            .SelectMany(static file => File.ReadLines(Path.Combine(HostingTypes.Root, file))
                .Where(static line => line.StartsWith("using JsRun.", StringComparison.Ordinal))
                .Select(line => (File: file, Folder: line["using JsRun.".Length..].TrimEnd(';').Replace('.', '/'))))
            .Where(static use => Layer.RoomOf(use.Folder) is { } room && Layer.HeightOf(Layer.RoomOf(Path.GetDirectoryName(use.File)!.Replace('\\', '/'))!) < Layer.HeightOf(room))
            .Select(static use => $"{use.File} uses {use.Folder}")
            .ShouldBeEmpty();

    [Fact]
    public void Rooms_InACycle_AreAtMostSix()
    {
        var edges = HostingTypes.Uses
            .Select(static use => (From: RoomOfType(use.From), To: RoomOfType(use.To)))
            .Where(static edge => edge.From != edge.To)
            .Distinct()
            .ToLookup(static edge => edge.From, static edge => edge.To);
        var reached = Layer.All.SelectMany(static layer => layer.Rooms).ToDictionary(static room => room, room => Reach(edges, room));

        foreach (var room in reached.Keys)
        {
            var cycle = reached[room].Where(other => reached[other].Contains(room)).Order(StringComparer.Ordinal).ToArray();
            cycle.Length.ShouldBeLessThanOrEqualTo(MostRoomsInACycle, $"a cycle of rooms: {string.Join(", ", cycle)}");
        }
    }

    [Fact]
    public void Folders_OfSources_HoldAtMostFortyFiles() =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"), "*", SearchOption.AllDirectories)
            .Where(static folder => !folder.Contains("node_modules", StringComparison.Ordinal))
            .Select(static folder => (Folder: folder, Files: Directory.EnumerateFiles(folder).Count(static file => Path.GetExtension(file) is ".cs" or ".ts")))
            .Where(static folder => folder.Files > MostFilesInAFolder)
            .ShouldBeEmpty();

    private static string RoomOfType(string type) => Layer.RoomOf(HostingTypes.Folders[type])!;

    private static HashSet<string> Reach(ILookup<string, string> edges, string room)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>([room]);
        while (open.TryPop(out var next))
        {
            foreach (var to in edges[next].Where(reached.Add))
            {
                open.Push(to);
            }
        }

        return reached;
    }
}
