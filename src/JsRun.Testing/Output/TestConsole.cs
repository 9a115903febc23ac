using Microsoft.Extensions.Logging;

namespace JsRun.Testing;

/// <summary>Collects what the functions of a test wrote to <c>console</c>. Thread-safe.</summary>
public sealed class TestConsole
{
    private readonly Lock _lock = new();
    private readonly List<TestConsoleMessage> _messages = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal TestConsole()
    {
    }

    /// <summary>Gets a copy of the messages, in the order in which they were written.</summary>
    public IReadOnlyList<TestConsoleMessage> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>Waits for a message, such as one that says that a function waits for a timer. A message that was written before counts as well.</summary>
    /// <param name="text">A part of the message's text; upper and lower case differ.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The first such message.</returns>
    public async Task<TestConsoleMessage> WaitForAsync(string text, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_messages.Find(message => message.Text.Contains(text, StringComparison.Ordinal)) is { } found)
                {
                    return found;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Throws if no message has a text.</summary>
    /// <param name="text">A part of the message's text; upper and lower case differ.</param>
    /// <param name="level">The level that the message must have. The default is <see langword="null"/>: any.</param>
    /// <exception cref="JsTestException">There is no such message; all that there are are listed.</exception>
    public void ShouldContain(string text, LogLevel? level = null)
    {
        var messages = Messages;
        if (!messages.Any(message => (level is null || message.Level == level) && message.Text.Contains(text, StringComparison.Ordinal)))
        {
            throw new JsTestException($"No function wrote '{text}' to the console{(level is null ? "" : $" at the level {level}")}. {List(messages)}");
        }
    }

    /// <summary>Throws if there are messages of a level or above it.</summary>
    /// <param name="level">The lowest level that counts. The default is <see cref="LogLevel.Warning"/>.</param>
    /// <exception cref="JsTestException">There are such messages; all that there are are listed.</exception>
    public void ShouldBeQuiet(LogLevel level = LogLevel.Warning)
    {
        var messages = Messages;
        if (messages.Any(message => message.Level >= level))
        {
            throw new JsTestException($"Functions wrote to the console at the level {level} or above it. {List(messages)}");
        }
    }

    internal void Add(TestConsoleMessage message)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _messages.Add(message);
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    private static string List(IReadOnlyList<TestConsoleMessage> messages) => messages.Count == 0
        ? "Nothing was written."
        : $"Written was:{string.Concat(messages.Select(message => $"{Environment.NewLine}  {message}"))}";
}
