using System.Text.Json;

namespace JsRun.Workers;

/// <summary>The configuration that a worker gets: what its group needs, and nothing of other groups.</summary>
internal sealed record WorkerConfiguration(JsRunOptions JsRun)
{
    /// <param name="group">The group.</param>
    /// <param name="options">The group's settings.</param>
    /// <param name="application">The application's settings.</param>
    /// <param name="env">The values of <c>env</c>, with those that come from environment variables of the host.</param>
    public static string ToJson(string group, JsRunGroupOptions options, JsRunOptions application, IReadOnlyDictionary<string, string> env)
    {
        var worker = new JsRunOptions { Placement = JsPlacement.OutOfProcess, Pool = application.Pool, Engine = application.Engine, Images = application.Images };
        worker.Inspector.Enabled = false;
        var own = worker;
        if (group.Length > 0)
        {
            worker.Groups[group] = options.Copy();
            Fill(worker.Groups[group], env);
        }
        else
        {
            own.Isolation = options.Isolation;
            own.Surface = options.Surface;
            own.Functions = options.Functions.Copy();
            own.Limits = options.Limits.Copy();
            foreach (var permission in options.Permissions)
            {
                own.Permissions.Add(permission);
            }

            Fill(own, env);
        }

        return JsonSerializer.Serialize(new WorkerConfiguration(worker), WorkersJson.Default.WorkerConfiguration);
    }

    private static void Fill(JsRunGroupOptions group, IReadOnlyDictionary<string, string> env)
    {
        group.Placement = JsPlacement.InProcess;
        group.Functions.Watch = false;
        group.Env.Clear();
        foreach (var (name, value) in env)
        {
            group.Env[name] = value;
        }
    }
}
