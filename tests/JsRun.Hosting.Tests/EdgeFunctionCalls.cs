using System.IO.Pipelines;
using System.Text;
using JsRun.Functions;

namespace JsRun.Hosting.Tests;

/// <summary>Requests to functions, in short.</summary>
internal static class EdgeFunctionCalls
{
    public static EdgeFunctionRequest Get(string path = "/") => new() { Method = "GET", Url = $"http://localhost{path}", RequestId = path };

    public static EdgeFunctionRequest Post(PipeReader body, string path = "/") => new() { Method = "POST", Url = $"http://localhost{path}", Body = body, RequestId = path };

    /// <summary>The version that serves.</summary>
    public static JsRun.Functions.EdgeFunctionDefinition Definition(this EdgeFunction function) => ((JsRun.Functions.DeployedFunction)function).Definition!;

    /// <summary>The whole answer to a request, as text.</summary>
    public static async Task<string> SendAsync(this EdgeFunction function, EdgeFunctionRequest request)
    {
        await using var response = await function.InvokeAsync(request, TestContext.Current.CancellationToken).InTime();
        return await response.ReadTextAsync();
    }

    public static Task<string> GetAsync(this EdgeFunction function, string path = "/") => function.SendAsync(Get(path));

    public static async Task<string> ReadTextAsync(this EdgeFunctionResponse response)
    {
        using var buffer = new MemoryStream();
        var writer = PipeWriter.Create(buffer);
        await response.WriteBodyAsync(writer, TestContext.Current.CancellationToken).InTime();
        await writer.CompleteAsync();
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
