using System.Text.Json.Serialization;

namespace JsRun.Images;

[JsonSerializable(typeof(ImageHeader))]
internal sealed partial class ImageJson : JsonSerializerContext;
