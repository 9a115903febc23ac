using JsRun.Permissions;

namespace JsRun.Bindings;

/// <summary>A binding that the application gives the functions of a group, or of all groups.</summary>
/// <param name="Group">The group; <see langword="null"/> for all.</param>
/// <param name="Create">Returns its name, what its functions require (<see langword="null"/> for nothing), and the value. Called once for each group.</param>
internal sealed record BindingRegistration(string? Group, Func<IServiceProvider, (string Name, OpPermission? Permission, object? Value)> Create);
