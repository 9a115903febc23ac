using Polly;

namespace JsRun.Functions.Pipelines;

/// <summary>Strategies that the application adds to the pipelines of functions.</summary>
/// <param name="Position">Where they stand.</param>
/// <param name="Configure">Adds them. Called once for each function.</param>
internal sealed record PipelineConfiguration(EdgeFunctionPipelinePosition Position, Action<ResiliencePipelineBuilder, EdgeFunctionPipelineContext> Configure);
