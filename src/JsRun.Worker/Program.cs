using System.Reflection;

// The work is JsRun.Hosting's own, which lies beside this file wherever it was copied or published to. A reference to it would be a circle: JsRun.Hosting ships this program.
var program = Assembly.Load("JsRun.Hosting").GetType("JsRun.Images.Building.WorkerProgram", throwOnError: true)!;
return program.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<Func<Stream, Stream, int>>()(Console.OpenStandardInput(), Console.OpenStandardOutput());
