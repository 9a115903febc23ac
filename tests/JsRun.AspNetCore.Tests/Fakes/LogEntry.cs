using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Tests.Fakes;

internal sealed record LogEntry(string Category, LogLevel Level, int Id, string Text, Exception? Exception);
