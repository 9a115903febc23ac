using Microsoft.Extensions.Options;

namespace JsRun.Options.Validation;

/// <summary>Generated from the attributes. The name given to <c>Validate</c> is the section's path.</summary>
[OptionsValidator]
internal sealed partial class JsRunPoolOptionsValidator : IValidateOptions<JsRunPoolOptions>;
