namespace JsRun.Hosting.Tests.Faults;

public sealed class ExtensionPointTests(FaultyHost host) : IClassFixture<FaultyHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> All => Where(static _ => true);

    /// <summary>Those that need no options, which are those of runtimes that are created.</summary>
    public static TheoryData<string, string> OfRuntimes => Where(static point => point.Configure is null);

    public static TheoryData<string, string> OfErrors => Where(static point => point.Expected.StartsWith("HostError", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(All))]
    public async Task ExtensionPoint_Throws_FailsThatCallAlone(string point, string fault)
    {
        var (expected, code, prepare, configure) = ExtensionPoints.All[point].Throwing(fault);
        var options = new JsRuntimeOptions { Timeout = TimeSpan.FromSeconds(30) };
        Exception Create() => HostFaults.Create(fault);
        configure?.Invoke(options, Create);
        await using var runtime = await host.Runtimes.CreateAsync(options, Token);
        prepare?.Invoke(runtime, Create);

        var said = await runtime.EvaluateAsync<string>($$"""
            (async () => {
              try { return await eval({{System.Text.Json.JsonSerializer.Serialize(code)}}); }
              catch (e) { return [[e.name, e.code].filter(Boolean).join(' '), e.message, e.stack, String(e.cause)].join('\n'); }
            })()
            """, cancellationToken: Token);

        said.ShouldNotBeNull().Split('\n')[0].ShouldBe(expected);
        said.ShouldNotContain("secret");
        said.ShouldNotContain("active test");
        runtime.State.ShouldBe(JsRuntimeState.Running);
        (await runtime.EvaluateAsync("new Promise(r => setTimeout(r, 0, 1 + 1))", Token)).ShouldBe(2L);
        await host.ShouldServeOthersAsync();
    }

    [Theory]
    [MemberData(nameof(OfRuntimes))]
    public async Task ExtensionPoint_ThrowsInARentedRuntime_FailsThatCallAlone(string point, string fault)
    {
        var (expected, code, prepare, _) = ExtensionPoints.All[point].Throwing(fault);
        Exception Create() => HostFaults.Create(fault);
        await using var runtime = await host.Runtimes.RentAsync(Token);
        prepare!(runtime, Create);

        var said = await runtime.EvaluateAsync<string>($"(async () => {{ try {{ return await eval({System.Text.Json.JsonSerializer.Serialize(code)}); }} catch (e) {{ return [[e.name, e.code].filter(Boolean).join(' '), e.message].join('\\n'); }} }})()", cancellationToken: Token);

        said.ShouldNotBeNull().Split('\n')[0].ShouldBe(expected);
        said.ShouldNotContain("secret");
        await host.ShouldServeOthersAsync();
    }

    [Theory]
    [MemberData(nameof(OfErrors))]
    public async Task ExtensionPoint_ThrowsAndNobodyCatches_ComesBackAsTheException(string point, string fault)
    {
        var (_, code, prepare, configure) = ExtensionPoints.All[point].Throwing(fault);
        var options = new JsRuntimeOptions();
        Exception Create() => HostFaults.Create(fault);
        configure?.Invoke(options, Create);
        await using var runtime = await host.Runtimes.CreateAsync(options, Token);
        prepare?.Invoke(runtime, Create);

        var error = await Should.ThrowAsync<JavaScriptException>(() => runtime.EvaluateAsync(code, Token).AsTask());

        Exception? inner = error;
        while (inner is JavaScriptException)
        {
            inner = inner.InnerException;
        }

        inner.ShouldNotBeNull().GetType().Name.ShouldBe(fault);
        (await runtime.EvaluateAsync("1 + 1", Token)).ShouldBe(2L);
    }

    [Fact]
    public async Task Logger_Throws_WasAsked()
    {
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);
        var before = host.Messages;

        (await runtime.EvaluateAsync("console.log('hello'); 1", Token)).ShouldBe(1L);

        host.Messages.ShouldBeGreaterThan(before);
    }

    private static TheoryData<string, string> Where(Predicate<ExtensionPoint> predicate)
    {
        var data = new TheoryData<string, string>();
        foreach (var point in ExtensionPoints.All.Where(p => predicate(p.Value)))
        {
            foreach (var fault in HostFaults.Names)
            {
                data.Add(point.Key, fault);
            }
        }

        return data;
    }
}
