using System.Net;
using System.Text.Json;
using JsRun.AspNetCore.Tests.Kestrel;

namespace JsRun.AspNetCore.Tests.Threats;

/// <summary>
/// The attacks of the threat table (<c>docs/security.md</c>) in the placement of this run: each has the outcome that the page promises, a healthy function is served meanwhile, and the function that attacked serves
/// its next request.
/// </summary>
[Collection(KestrelCollection.Name)]
public sealed class ThreatTableTests(ThreatServer threats) : IClassFixture<ThreatServer>
{
    public static TheoryData<string> Rows { get; } = [.. Threat.All.Select(static t => t.Name)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Attack_HasItsOutcomeAndCostsNobodyElse(string name)
    {
        var threat = Threat.All.Single(t => t.Name == name);
        var server = threats.Server;
        var attacking = server.GetAsync($"/{name}?attack");

        (await server.GetStringAsync("/healthy")).ShouldBe("healthy");
        using var answer = await attacking;

        (await OutcomeAsync(answer)).ShouldBeOneOf(threat.Outcomes, await answer.Content.ReadAsStringAsync(Token));
        (await server.GetStringAsync($"/{name}")).ShouldBe("fine");
        (await server.GetStringAsync("/healthy")).ShouldBe("healthy");
    }

    private static async Task<string> OutcomeAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync(Token);
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            return body;
        }

        using var problem = JsonDocument.Parse(body);
        return problem.RootElement.GetProperty("type").GetString()!.Replace("urn:jsrun:problem:", "", StringComparison.Ordinal);
    }
}
