using JsRun.Engine.Scripts;
using JsRun.Images;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Images;

/// <summary>The cache with blobs that V8 would not survive: what is refused here never reaches it.</summary>
public sealed class ImageCacheTests : IDisposable
{
    private static readonly string Key = new('a', 64);

    private readonly CacheFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly LogCollector _logs = new();

    private string FileOf(string key) => Path.Combine(_folder.Path, $"{key}.image");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_WhatWasSaved_GivesIt()
    {
        Save(Key, 1000);

        var image = Cache().Load(Key).ShouldNotBeNull();

        (image.Key, image.Size).ShouldBe((Key, 1000));
        image.Functions.ShouldBe(["f"]);
        image.Release();
    }

    [Fact]
    public void Load_TruncatedAnywhere_IsRefusedAndDeleted()
    {
        Save(Key, 100);
        var whole = File.ReadAllBytes(FileOf(Key));
        for (var length = 0; length < whole.Length; length++)
        {
            ShouldRefuse(whole[..length], $"{length} bytes of {whole.Length}");
        }

        ShouldRefuse([.. whole, 0], "one byte more");
    }

    [Fact]
    public void Load_AnyByteChanged_IsRefusedAndDeleted()
    {
        Save(Key, 100);
        var whole = File.ReadAllBytes(FileOf(Key));
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x80;
            ShouldRefuse(damaged, $"byte {at}");
        }
    }

    [Fact]
    public void Load_ImageOfSomethingElseUnderItsName_IsRefusedAndDeleted()
    {
        var other = new string('b', 64);
        Save(other, 100);

        ShouldRefuse(File.ReadAllBytes(FileOf(other)), "the image of something else");
        File.Exists(FileOf(other)).ShouldBeTrue();
    }

    [Fact]
    public void Key_OfAnotherMachineOrVersion_IsAnother()
    {
        var recipe = new ImageRecipe("the default group", "{}", [new ImageFunction("f", new ScriptGraph("{}", [], "file:///f.js"))]);

        new[] { "V8 1\nx64 avx2", "V8 2\nx64 avx2", "V8 1\nx64 avx512", "V8 1\narm64" }.Select(text => recipe.Key(new ImageIdentity(text))).ShouldBeUnique();
        recipe.Key(new ImageIdentity("")).ShouldNotBe((recipe with { Scope = "the group 'acme'" }).Key(new ImageIdentity("")));
        recipe.Key(new ImageIdentity("")).ShouldNotBe((recipe with { Settings = "{ }" }).Key(new ImageIdentity("")));
    }

    [Fact]
    public void Save_MoreThanFits_DropsWhatWasNotUsedForLongest()
    {
        string[] keys = [new('1', 64), new('2', 64), new('3', 64)];
        foreach (var key in keys)
        {
            Save(key, 1000, most: 4000);
            File.SetLastWriteTimeUtc(FileOf(key), _time.GetUtcNow().UtcDateTime);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Cache(4000).Load(keys[0])!.Release();
        _time.Advance(TimeSpan.FromMinutes(1));
        Save(new string('4', 64), 1000, most: 4000);

        File.Exists(FileOf(keys[0])).ShouldBeTrue("it was used just now");
        File.Exists(FileOf(keys[1])).ShouldBeFalse();
        File.Exists(FileOf(new string('4', 64))).ShouldBeTrue();
    }

    [Fact]
    public void Save_LargerThanAll_IsKeptAlone()
    {
        Save(Key, 100, most: 10);
        Save(new string('b', 64), 100, most: 10);

        _folder.Images.ShouldBe([FileOf(new string('b', 64))]);
    }

    [Fact]
    public void SaveNote_BesideAnImageLargerThanAll_LeavesTheImage()
    {
        Save(Key, 100, most: 10);

        Cache(10).SaveNote("note", "reason");

        File.Exists(FileOf(Key)).ShouldBeTrue();
        Cache(10).Note("note").ShouldBe("reason");
    }

    [Fact]
    public void Save_PartsThatProcessesLeftBehind_AreTidiedUpWhenOld()
    {
        Save(Key, 100);
        var (old, young) = (Path.Combine(_folder.Path, "x.1-2.part"), Path.Combine(_folder.Path, "x.3-4.part"));
        File.WriteAllText(old, "");
        File.WriteAllText(young, "");
        File.SetLastWriteTimeUtc(old, _time.GetUtcNow().UtcDateTime.AddHours(-2));
        File.SetLastWriteTimeUtc(young, _time.GetUtcNow().UtcDateTime);

        Save(new string('b', 64), 100);

        File.Exists(old).ShouldBeFalse();
        File.Exists(young).ShouldBeTrue("another process may be writing it");
    }

    [Fact]
    public void Save_FullDisk_LeavesNothingBehindAndIsLogged()
    {
        Save(Key, 100);
        var before = File.ReadAllBytes(FileOf(Key));
        new ImageCache(_folder.Path, long.MaxValue, _time, _logs.CreateLogger(""), path => new FullDisk(path)).Save(new ImageHeader(Key, "", []), new byte[5000]);

        Directory.GetFiles(_folder.Path).ShouldBe([FileOf(Key)]);
        File.ReadAllBytes(FileOf(Key)).ShouldBe(before);
        _logs.Entries.ShouldContain(e => e.Id == 155 && e.Level == LogLevel.Warning && e.Message.Contains("No space left", StringComparison.Ordinal));
    }

    [Fact]
    public void Save_FolderIsGone_MakesItAgainForTheUserAlone()
    {
        Save(Key, 100);
        Directory.Delete(_folder.Path, recursive: true);
        Cache().Load(Key).ShouldBeNull();
        Save(Key, 100);

        Cache().Load(Key).ShouldNotBeNull().Release();
        if (!OperatingSystem.IsWindows())
        {
            _folder.Mode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void Save_FolderBecameOpenToOthers_WritesNothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no modes on Windows.");
        Save(Key, 100);
        _folder.Mode = (UnixFileMode)0b111_000_111;
        Save(new string('b', 64), 100);

        _folder.Images.ShouldBe([FileOf(Key)]);
        _logs.Entries.ShouldContain(e => e.Id == 155 && e.Message.Contains("chmod 700", StringComparison.Ordinal));
    }

    private ImageCache Cache(long most = long.MaxValue) => new(_folder.Path, most, _time, _logs.CreateLogger(""));

    private void Save(string key, int size, long most = long.MaxValue) => Cache(most).Save(new ImageHeader(key, "a scope", ["f"]), new byte[size]);

    private void ShouldRefuse(byte[] bytes, string what)
    {
        var refused = _logs.Entries.Count(e => e.Id == 154);
        File.WriteAllBytes(FileOf(Key), bytes);

        Cache().Load(Key).ShouldBeNull(what);
        File.Exists(FileOf(Key)).ShouldBeFalse(what);
        _logs.Entries.Count(e => e.Id == 154).ShouldBe(refused + 1, what);
    }

    /// <summary>Takes a few bytes and no more.</summary>
    private sealed class FullDisk(string path) : FileStream(path, FileMode.CreateNew, FileAccess.Write)
    {
        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            // As an array: for spans, a class derived from FileStream is led back to its own Write of arrays.
            base.Write([.. buffer[..Math.Min(buffer.Length, 64)]], 0, Math.Min(buffer.Length, 64));
            Flush();
            throw new IOException("No space left on device");
        }
    }
}
