using System.Reflection;
using JsRun.Engine.Operations;

namespace JsRun.Hosting.Tests.Engine.Operations;

public sealed class OperationTests
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    // A method that does nothing but return, with or without the debugger's nop.
    private const int LongestEmptyBody = 2;

    public static TheoryData<Type> Bases => [.. typeof(Operation).Assembly.GetTypes().Where(t => t.IsAbstract && typeof(Operation).IsAssignableFrom(t))];

    [Theory]
    [MemberData(nameof(Bases))]
    public void Base_Methods_EachIsForAllThatDeriveFromIt(Type type) => type.GetMethods(Declared)
        .Where(m => m is { IsVirtual: true, IsAbstract: false } && m.ReturnType == typeof(void) && m.GetMethodBody()!.GetILAsByteArray()!.Length <= LongestEmptyBody)
        .Select(m => m.Name)
        .ShouldBeEmpty("what only some operations have to do belongs to the kind of operation that does it");
}
