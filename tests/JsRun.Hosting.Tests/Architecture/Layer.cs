namespace JsRun.Hosting.Tests.Architecture;

/// <summary>A layer of JsRun.Hosting: rooms that may know each other, and every layer below.</summary>
/// <param name="Name">What docs/architecture.md calls it.</param>
/// <param name="Rooms">Folders of src/JsRun.Hosting, with all below them that are not a room of their own.</param>
internal sealed record Layer(string Name, params string[] Rooms)
{
    /// <summary>All layers, the lowest first.</summary>
    public static IReadOnlyList<Layer> All { get; } =
    [
        new("Foundation", "Diagnostics", "Errors", "Interop", "Limits", "Options", "Permissions", "Scheduling", "Storage", "Workers/Sandbox"),
        new("Platform", "Bindings", "Contracts", "Modules", "Streams", "Values", "WebApi"),
        new("Native", "Engine/Native"),
        new("Engine", "Engine/Contexts", "Engine/Crossing", "Engine/HostFunctions", "Engine/Isolates", "Engine/Operations", "Engine/Ports", "Engine/Scripts", "Engine/Web"),
        new("Pools", "Images", "Images/Building", "Pooling"),
        new("Services", "DependencyInjection", "Functions", "Groups", "Runtimes", "Snapshots", "Workers"),
    ];

    /// <summary>The room that a folder of src/JsRun.Hosting belongs to: the longest that it is or lies in.</summary>
    public static string? RoomOf(string folder) => All.SelectMany(static layer => layer.Rooms)
        .Where(room => folder == room || folder.StartsWith(room + "/", StringComparison.Ordinal))
        .MaxBy(static room => room.Length);

    /// <summary>The height of a room's layer.</summary>
    public static int HeightOf(string room) => All.Index().Single(layer => layer.Item.Rooms.Contains(room)).Index;
}
