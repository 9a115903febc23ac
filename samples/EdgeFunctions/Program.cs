using EdgeFunctions.Pages;
using Microsoft.AspNetCore.Mvc;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddJsRun();
builder.Services.AddHealthChecks().AddJsRunHealthCheck();

var app = builder.Build();
// Bodies are streamed: however large, they cost no memory. Kestrel's limit of 30 MB is for those who buffer.
app.MapJsFunctions().WithMetadata(new DisableRequestSizeLimitAttribute());
app.MapJsStatus().AllowAnonymous();
app.MapJsInspector();
app.MapHealthChecks("/health");
app.MapFunctionsPage("/");
try
{
    app.Run();
}
catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
{
    // A stop was asked for before the server listened.
}

/// <summary>The application; named so that tests can start it.</summary>
public partial class Program;
