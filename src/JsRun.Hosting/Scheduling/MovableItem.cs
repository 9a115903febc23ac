using System.Diagnostics.CodeAnalysis;

namespace JsRun.Scheduling;

/// <summary>A message in its place in the queue, from which either the reader takes it or <see cref="Mailbox.Evict"/>: the place stays, so that all others keep theirs.</summary>
internal sealed class MovableItem(IWorkItem item) : IWorkItem
{
    private IWorkItem? _item = item;

    /// <summary>The first who comes gets it.</summary>
    public bool TryTake([NotNullWhen(true)] out IWorkItem? taken)
    {
        taken = Interlocked.Exchange(ref _item, null);
        return taken is not null;
    }

    void IWorkItem.Run()
    {
        if (TryTake(out var taken))
        {
            taken.Run();
        }
    }

    void IWorkItem.Drop()
    {
        if (TryTake(out var taken))
        {
            taken.Drop();
        }
    }
}
