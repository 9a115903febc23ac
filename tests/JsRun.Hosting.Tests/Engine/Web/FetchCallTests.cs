using JsRun.Engine.Web;
using JsRun.Scheduling;

namespace JsRun.Hosting.Tests.Engine.Web;

public sealed class FetchCallTests
{
    [Fact]
    public void Abort_AfterItsAnswerWasDropped_DoesNothing()
    {
        // An isolate that stops drops what was posted to it, and then ends its contexts, which abort their calls: what is thrown there ends the process.
        var call = new FetchCall(null!, null!, null!, 1, null!, null, null);
        ((IWorkItem)call).Drop();

        Should.NotThrow(call.Abort);
    }
}
