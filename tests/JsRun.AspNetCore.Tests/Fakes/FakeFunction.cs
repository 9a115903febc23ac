using JsRun.Functions;

namespace JsRun.AspNetCore.Tests.Fakes;

internal sealed class FakeFunction(EdgeFunctionDescriptor descriptor) : EdgeFunction
{
    private long _requests;

    public Func<EdgeFunctionRequest, CancellationToken, ValueTask<EdgeFunctionResponse>> Handler { get; set; } = (_, _) => new(FakeResponse.Text("fake"));

    public Func<FakeFunction, bool> OnReload { get; set; } = _ => false;

    public override EdgeFunctionDescriptor Descriptor { get; } = descriptor;

    public EdgeFunctionState CurrentState { get; set; }

    public override EdgeFunctionState State => CurrentState;

    public int CurrentGeneration { get; set; } = 1;

    public override int Generation => CurrentGeneration;

    public override JsIsolation Isolation => JsIsolation.PerRequest;

    public override JsImageTier Tier => JsImageTier.Replay;

    public override string? TierReason => "a reason";

    public string? CurrentError { get; set; }

    public override string? Error => CurrentError;

    public override long Requests => _requests;

    public override IReadOnlyList<string> Files => [Path.Combine(Descriptor.Root, Descriptor.File)];

    public int Reloads { get; private set; }

    public override ValueTask<bool> ReloadAsync(CancellationToken cancellationToken = default)
    {
        Reloads++;
        return new(OnReload(this));
    }

    public override ValueTask<EdgeFunctionResponse> InvokeAsync(EdgeFunctionRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        return Handler(request, cancellationToken);
    }
}
