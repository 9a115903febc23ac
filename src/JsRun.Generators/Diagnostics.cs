using Microsoft.CodeAnalysis;

namespace JsRun.Generators;

/// <summary>What can be wrong with an exported class.</summary>
internal static class Diagnostics
{
    private const string Category = "JsRun";

    public static readonly DiagnosticDescriptor NotPartial = Error("JSRUN001", "The class must be partial", "'{0}' has [JsExport] and must be declared 'partial', as must the classes around it");
    public static readonly DiagnosticDescriptor Generic = Error("JSRUN002", "A generic method cannot be exported", "'{0}' is generic, and JavaScript cannot pass type arguments: leave it out with [JsIgnore]");
    public static readonly DiagnosticDescriptor Parameter = Error("JSRUN003", "A parameter cannot be read from JavaScript", "The parameter '{1}' of '{0}' cannot be read from JavaScript: take it by value, and an array or Memory<T> for a span, or leave the method out with [JsIgnore]");
    public static readonly DiagnosticDescriptor Result = Error("JSRUN004", "A result cannot be sent to JavaScript", "The result of '{0}' cannot be sent to JavaScript: return it by value, and an array or Memory<T> for a span, or leave it out with [JsIgnore]");
    public static readonly DiagnosticDescriptor Property = Error("JSRUN005", "A property cannot be exported", "'{0}' {1}: leave it out with [JsIgnore]");
    public static readonly DiagnosticDescriptor Duplicate = Error("JSRUN006", "Two members have one name in JavaScript", "'{0}' would be '{1}' in JavaScript, as another member is: give it a name with [JsExport(\"name\")], or leave it out with [JsIgnore]");
    public static readonly DiagnosticDescriptor Empty = Warning("JSRUN007", "Nothing to export", "'{0}' has [JsExport] and no public method or property of its own");
    public static readonly DiagnosticDescriptor Stray = Warning("JSRUN008", "The class is not exported", "'{0}' has [JsExport], but its class has not: it is not exported");
    public static readonly DiagnosticDescriptor Static = Error("JSRUN009", "A static class cannot be bound", "'{0}' is static: [JsExport] is for classes whose instances are bound");

    public static readonly DiagnosticDescriptor AsyncVoid = Error("JSRUN010", "An exported method must not be async void", "'{0}' is 'async void': nobody could wait for it, and an exception would end the process. Let it return a Task");

    private static readonly DiagnosticDescriptor[] All = [NotPartial, Generic, Parameter, Result, Property, Duplicate, Empty, Stray, Static, AsyncVoid];

    public static DiagnosticDescriptor Find(string id) => All.First(d => d.Id == id);

    private static DiagnosticDescriptor Error(string id, string title, string message) => new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => new(id, title, message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
