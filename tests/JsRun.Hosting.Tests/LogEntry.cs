using Microsoft.Extensions.Logging;

namespace JsRun.Hosting.Tests;

internal sealed record LogEntry(string Category, LogLevel Level, int Id, string Message, Exception? Exception);
