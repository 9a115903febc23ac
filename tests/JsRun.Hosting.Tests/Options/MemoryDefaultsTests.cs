using JsRun.Options;

namespace JsRun.Hosting.Tests.Options;

public sealed class MemoryDefaultsTests
{
    /// <param name="memory">What .NET may use, in MiB: three quarters of a container's.</param>
    /// <param name="processors">Their number.</param>
    /// <param name="isolates">The default of <c>MaxIsolates</c>.</param>
    /// <param name="arrayBuffers">That of <c>MaxArrayBufferBytes</c>, in MiB.</param>
    [Theory]
    [InlineData(192, 1, 2, 16)]
    [InlineData(384, 1, 2, 16)]
    [InlineData(768, 1, 3, 24)]
    [InlineData(1536, 4, 6, 48)]
    [InlineData(8 << 10, 1, 4, 128)]
    [InlineData(8 << 10, 16, 24, 128)]
    [InlineData(64 << 10, 16, 32, 128)]
    public void Defaults_Memory_Shrink(long memory, int processors, int isolates, int arrayBuffers)
    {
        var sut = new MemoryDefaults(memory << 20, processors);

        sut.MaxIsolates.ShouldBe(isolates);
        sut.MaxArrayBufferBytes.ShouldBe((long)arrayBuffers << 20);
    }

    [Fact]
    public void JsRunOptions_Defaults_AreThoseOfTheProcess()
    {
        var options = new JsRunOptions();

        options.Pool.MaxIsolates.ShouldBe(MemoryDefaults.OfProcess.MaxIsolates);
        options.Limits.MaxArrayBufferBytes.ShouldBe(MemoryDefaults.OfProcess.MaxArrayBufferBytes);
        MemoryDefaults.OfProcess.Memory.ShouldBeGreaterThan(0);
        options.Pool.MinIsolates = 100;
        options.Pool.MaxIsolates.ShouldBe(100, "it is no error to want more warm ones than the default");
        options.Pool.MaxIsolates = 7;
        options.Pool.MaxIsolates.ShouldBe(7);
    }
}
