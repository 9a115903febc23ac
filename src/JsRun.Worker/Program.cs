using System.Reflection;

// The work is that of the libraries that lie beside this file, wherever it was copied or published to. A reference to them would be a circle: JsRun.Hosting ships this program.
return args switch
{
    ["launch", ..] => Find("JsRun.Hosting", "JsRun.Workers.Sandbox.SandboxLauncher").CreateDelegate<Func<string[], int>>()(args),
    ["serve"] => Find("JsRun.AspNetCore", "JsRun.AspNetCore.Workers.WorkerApplication").CreateDelegate<Func<Stream, int>>()(Console.OpenStandardInput()),
    _ => Find("JsRun.Hosting", "JsRun.Images.Building.WorkerProgram").CreateDelegate<Func<Stream, Stream, int>>()(Console.OpenStandardInput(), Console.OpenStandardOutput()),
};

static MethodInfo Find(string assembly, string type) => Assembly.Load(assembly).GetType(type, throwOnError: true)!.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!;
