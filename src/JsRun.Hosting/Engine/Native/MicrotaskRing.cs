using JsRun.Engine.Native.Binding;

namespace JsRun.Engine.Native;

/// <summary>The four words of a <c>v8::internal::MicrotaskQueue</c> that say what waits in it. On the isolate's thread, between any two of V8's steps.</summary>
internal readonly unsafe ref struct MicrotaskRing(nint queue)
{
    public ref nint Size => ref *(nint*)(queue + V8Microtasks.Size);

    private ref nint Capacity => ref *(nint*)(queue + V8Microtasks.Capacity);

    private ref nint Start => ref *(nint*)(queue + V8Microtasks.Start);

    private ref nint Tasks => ref *(nint*)(queue + V8Microtasks.Ring);

    /// <summary>The tagged address of the one at that place of the order.</summary>
    public ref nint this[nint index] => ref ((nint*)Tasks)[(Start + index) & (Capacity - 1)];

    public void Exchange(MicrotaskRing other)
    {
        (Size, other.Size) = (other.Size, Size);
        (Capacity, other.Capacity) = (other.Capacity, Capacity);
        (Start, other.Start) = (other.Start, Start);
        (Tasks, other.Tasks) = (other.Tasks, Tasks);
    }
}
