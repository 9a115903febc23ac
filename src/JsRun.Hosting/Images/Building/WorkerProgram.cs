using JsRun.Engine.Isolates;
using JsRun.Engine.Native.Images;
using JsRun.Engine.Scripts;

namespace JsRun.Images.Building;

/// <summary>What runs in JsRun.Worker: one job, from standard input to standard output.</summary>
internal static class WorkerProgram
{
    /// <summary>Called by the executable, by this name.</summary>
    public static int Run(Stream input, Stream output)
    {
        WorkerGuards.BeLeastUrgent();
        EngineLibrary.FindBeside();
        var (job, blob) = WorkerFrame.ReadAsync(input, WorkerJson.Default.WorkerJob, CancellationToken.None).GetAwaiter().GetResult();
        WorkerGuards.WatchMemory(job.MaxMemoryBytes);
        WorkerGuards.WatchParent(input);
        var (reply, built) = Do(job, blob);
        WorkerFrame.WriteAsync(output, reply, WorkerJson.Default.WorkerReply, built, CancellationToken.None).GetAwaiter().GetResult();
        return 0;
    }

    private static (WorkerReply Reply, byte[] Blob) Do(WorkerJob job, byte[] blob)
    {
        try
        {
            var native = NativeV8.Detect(JsNativeMode.Auto);
            if (!native.Images)
            {
                return (Failed(native.Reason), []);
            }

            if (job.Mode == WorkerMode.Build)
            {
                return Build(job);
            }

            ImageProbe.Check(blob, job.Settings, [job.Default.EntryUrl, .. job.Contexts.Select(c => c.EntryUrl)]);
            return (new WorkerReply(null, new Dictionary<int, string>()), []);
        }
        catch (HeapImageException e)
        {
            return (Failed(Reason(e)), []);
        }
        catch (Exception e)
        {
            return (Failed(e.Message), []);
        }
    }

    /// <summary>A context whose scripts throw is left out, and the rest built anew.</summary>
    private static (WorkerReply Reply, byte[] Blob) Build(WorkerJob job)
    {
        var unfit = new Dictionary<int, string>();
        while (true)
        {
            var fit = Enumerable.Range(0, job.Contexts.Count).Where(i => !unfit.ContainsKey(i)).ToArray();
            try
            {
                var image = HeapImageBuilder.Build(ToHeap(job.Default), [.. fit.Select(i => ToHeap(job.Contexts[i]))], Rehearsal.Scene);
                return (new WorkerReply(null, unfit), image.Blob);
            }
            catch (HeapImageException e) when (e.Context >= 0 && e.Context < fit.Length)
            {
                unfit[fit[e.Context]] = Reason(e);
            }
        }
    }

    /// <summary>What the builder itself throws is a whole sentence, and its place is of no use to anyone.</summary>
    private static string Reason(HeapImageException e) =>
        e.ScriptName == HeapContext.QuestionName || e.ScriptName == Bundles.Runtime.Name ? e.ErrorMessage : $"it threw: {e.Message}";

    private static WorkerReply Failed(string error) => new(error, new Dictionary<int, string>());

    private static HeapContext ToHeap(WorkerContext context) =>
        new([.. context.Scripts.Select(s => new HeapScript(s.Name, s.Code ?? (s.Name == Bundles.TablesName ? Bundles.TablesScript : Bundles.Runtime).Code))], context.Question);
}
