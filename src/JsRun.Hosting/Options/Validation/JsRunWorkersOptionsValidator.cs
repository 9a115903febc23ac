using Microsoft.Extensions.Options;

namespace JsRun.Options.Validation;

/// <inheritdoc cref="JsRunPoolOptionsValidator"/>
[OptionsValidator]
internal sealed partial class JsRunWorkersOptionsValidator : IValidateOptions<JsRunWorkersOptions>;
