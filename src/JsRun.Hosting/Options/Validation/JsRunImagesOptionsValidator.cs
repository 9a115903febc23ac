using Microsoft.Extensions.Options;

namespace JsRun.Options;

/// <inheritdoc cref="JsRunPoolOptionsValidator"/>
[OptionsValidator]
internal sealed partial class JsRunImagesOptionsValidator : IValidateOptions<JsRunImagesOptions>;
