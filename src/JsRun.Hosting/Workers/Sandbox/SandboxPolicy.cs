using System.Globalization;

namespace JsRun.Workers.Sandbox;

/// <summary>What a worker may reach. Immutable.</summary>
internal sealed record SandboxPolicy
{
    private const string Parent = "--parent";
    private const string Memory = "--memory";
    private const string Assemblies = "--assemblies";
    private const string Readable = "--read";
    private const string Writable = "--write";
    private const string Socket = "--socket";
    private const string End = "--";

    /// <summary>The first argument of JsRun.Worker that makes it a launcher.</summary>
    public const string Verb = "launch";

    /// <summary>The process that the worker must not outlive: the host. The worker ends with the thread of the host that started it.</summary>
    public required int ParentProcess { get; init; }

    /// <summary>Folders with assemblies and native libraries: these are readable, and nothing else in the folder is, such as the application's settings.</summary>
    public required IReadOnlyList<string> AssemblyFolders { get; init; }

    /// <summary>Folders and files that are readable with all below them: the folders of functions, and the cache of images.</summary>
    public required IReadOnlyList<string> ReadablePaths { get; init; }

    /// <summary>Files that exist, and may be written to: the one in which the worker notes what it runs.</summary>
    public IReadOnlyList<string> WritableFiles { get; init; } = [];

    /// <summary>The folder in which the worker makes its socket: the only one in which it creates anything.</summary>
    public required string SocketFolder { get; init; }

    /// <summary>How many bytes of private memory the worker may have, its heap and its stacks together, or <see langword="null"/> for as many as there are.</summary>
    public long? MaxMemoryBytes { get; init; }

    /// <summary>Returns the arguments of JsRun.Worker that make it a launcher of a program.</summary>
    /// <param name="program">The program, with its whole path.</param>
    /// <param name="arguments">The program's arguments.</param>
    public IReadOnlyList<string> ToArguments(string program, params IEnumerable<string> arguments)
    {
        var result = new List<string> { Verb, Parent, ParentProcess.ToString(CultureInfo.InvariantCulture), Socket, SocketFolder };
        if (MaxMemoryBytes is { } bytes)
        {
            result.AddRange([Memory, bytes.ToString(CultureInfo.InvariantCulture)]);
        }

        result.AddRange(AssemblyFolders.SelectMany(static folder => (string[])[Assemblies, folder]));
        result.AddRange(ReadablePaths.SelectMany(static path => (string[])[Readable, path]));
        result.AddRange(WritableFiles.SelectMany(static file => (string[])[Writable, file]));
        return [.. result, End, program, .. arguments];
    }

    /// <summary>Reads what <see cref="ToArguments"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static (SandboxPolicy Policy, string[] Command) Parse(string[] arguments)
    {
        var folders = new List<string>();
        var paths = new List<string>();
        var writable = new List<string>();
        var parent = -1;
        long? memory = null;
        string? socket = null;
        var i = 1;
        for (; i + 1 < arguments.Length && arguments[i] != End; i += 2)
        {
            var value = arguments[i + 1];
            switch (arguments[i])
            {
                case Parent:
                    parent = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
                    break;
                case Memory:
                    memory = long.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
                    break;
                case Assemblies:
                    folders.Add(value);
                    break;
                case Readable:
                    paths.Add(value);
                    break;
                case Writable:
                    writable.Add(value);
                    break;
                case Socket:
                    socket = value;
                    break;
                default:
                    throw new FormatException($"The launcher has no option '{arguments[i]}'.");
            }
        }

        if (parent < 0 || socket is null || i + 1 >= arguments.Length || arguments[i] != End)
        {
            throw new FormatException("The launcher needs a parent, a socket folder and a program.");
        }

        return (new SandboxPolicy { ParentProcess = parent, AssemblyFolders = folders, ReadablePaths = paths, WritableFiles = writable, SocketFolder = socket, MaxMemoryBytes = memory }, arguments[(i + 1)..]);
    }
}
