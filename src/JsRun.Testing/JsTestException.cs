namespace JsRun.Testing;

/// <summary>An expectation of a test that was not met. Every test framework reports it as a failure. Thread-safe.</summary>
/// <param name="message">What was expected, and what happened instead.</param>
public sealed class JsTestException(string message) : Exception(message);
