using System.Reflection;

// The work is JsRun.Hosting's own, which lies beside this file wherever it was copied or published to. A reference to it would be a circle: JsRun.Hosting ships this program.
var hosting = Assembly.Load("JsRun.Hosting");
return args is ["launch", ..]
    ? Find("JsRun.Workers.Sandbox.SandboxLauncher").CreateDelegate<Func<string[], int>>()(args)
    : Find("JsRun.Images.Building.WorkerProgram").CreateDelegate<Func<Stream, Stream, int>>()(Console.OpenStandardInput(), Console.OpenStandardOutput());

MethodInfo Find(string type) => hosting.GetType(type, throwOnError: true)!.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!;
