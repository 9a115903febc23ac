using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native;

/// <summary>The four words of a <c>v8::internal::MicrotaskQueue</c> that say what waits in it. On the isolate's thread, between any two of V8's steps.</summary>
internal readonly unsafe ref struct MicrotaskRing(V8Api v8, QueuePtr queue)
{
    private readonly V8Microtasks _places = v8.Microtasks;
    private readonly nint _queue = queue.Address;

    public ref nint Size => ref *(nint*)(_queue + _places.Size);

    private ref nint Capacity => ref *(nint*)(_queue + _places.Capacity);

    private ref nint Start => ref *(nint*)(_queue + _places.Start);

    private ref nint Tasks => ref *(nint*)(_queue + _places.Ring);

    /// <summary>The tagged address of the one at that place of the order.</summary>
    public ref TaggedAddress this[nint index] => ref ((TaggedAddress*)Tasks)[(Start + index) & (Capacity - 1)];

    public void Exchange(MicrotaskRing other)
    {
        (Size, other.Size) = (other.Size, Size);
        (Capacity, other.Capacity) = (other.Capacity, Capacity);
        (Start, other.Start) = (other.Start, Start);
        (Tasks, other.Tasks) = (other.Tasks, Tasks);
    }
}
