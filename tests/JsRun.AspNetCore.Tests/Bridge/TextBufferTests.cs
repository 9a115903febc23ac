using JsRun.AspNetCore.Bridge;

namespace JsRun.AspNetCore.Tests.Bridge;

public class TextBufferTests
{
    [Fact]
    public void Append_UpToItsSize_StaysInTheBufferThatItWasGiven()
    {
        Span<char> given = stackalloc char[4];
        var buffer = new TextBuffer(given);

        buffer.Append("abc");
        buffer.Append('d');

        buffer.ToString().ShouldBe("abcd");
        new string(given).ShouldBe("abcd");
        buffer.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(1000)]
    public void Append_Beyond_KeepsWhatIsThere(int more)
    {
        var buffer = new TextBuffer(stackalloc char[4]);
        buffer.Append("abcd");

        for (var i = 0; i < more; i++)
        {
            buffer.Append('x');
        }

        buffer.Append(new string('y', more));

        buffer.Length.ShouldBe(4 + (2 * more));
        buffer.ToString().ShouldBe("abcd" + new string('x', more) + new string('y', more));
        buffer.Written[^1] = 'z';
        buffer.ToString().ShouldEndWith("z");
        buffer.Dispose();
        buffer.Dispose();
    }
}
