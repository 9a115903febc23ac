namespace JsRun.SandboxProbe;

/// <summary>What the attacks are made on.</summary>
/// <param name="Victim">A process of the same user that is not the worker's, as the host is.</param>
/// <param name="Settings">A file beside the assemblies with secrets in it.</param>
/// <param name="Link">A symbolic link in a readable folder to a file that is not readable.</param>
/// <param name="Cache">The cache of images.</param>
/// <param name="CachedFile">A file in it.</param>
/// <param name="SocketFolder">The worker's own folder.</param>
/// <param name="OtherSocket">A socket of the same user on which someone listens.</param>
internal sealed record AttackTargets(int Victim, string Settings, string Link, string Cache, string CachedFile, string SocketFolder, string OtherSocket)
{
    /// <summary>Gets a descriptor of <see cref="Victim"/>, opened before the seal.</summary>
    public int VictimFile { get; init; } = (int)Kernel.Call(434, Victim);

    /// <summary>Gets an end of a pipe.</summary>
    public required int Pipe { get; init; }

    /// <summary>Gets a Unix socket that is neither bound nor connected.</summary>
    public int UnusedSocket { get; init; } = Kernel.Socket(1, 1, 0);
}
