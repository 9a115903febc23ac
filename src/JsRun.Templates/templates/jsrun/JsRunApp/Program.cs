var builder = WebApplication.CreateBuilder(args);
builder.Services.AddJsRun();
builder.Services.AddHealthChecks().AddJsRunHealthCheck();

var app = builder.Build();
app.MapJsFunctions();
app.MapJsStatus();
app.MapHealthChecks("/health");
app.Run();
