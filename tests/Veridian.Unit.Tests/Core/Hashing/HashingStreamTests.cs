using System.Security.Cryptography;
using Veridian.Core.Hashing;

namespace Veridian.Unit.Tests.Core.Hashing;

public sealed class HashingStreamTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31))];

    [Fact]
    public async Task What_is_read_is_hashed_whichever_way_it_is_read()
    {
        using var stream = new HashingStream(new MemoryStream(Content), sha256: true);
        var buffer = new byte[1000];
        Assert.Equal(Content[0], stream.ReadByte());
        Assert.Equal(1000, stream.Read(buffer, 0, 1000));
        Assert.Equal(1000, await stream.ReadAsync(buffer.AsMemory()));
        await stream.CopyToAsync(Stream.Null);
        AssertAll(stream);
    }

    [Fact]
    public async Task What_is_written_is_hashed_and_passed_on()
    {
        using var target = new MemoryStream();
        using var stream = new HashingStream(target, sha256: true, leaveOpen: true);
        stream.WriteByte(Content[0]);
        stream.Write(Content, 1, 100_000);
        await stream.WriteAsync(Content.AsMemory(100_001));
        AssertAll(stream);
        Assert.Equal(Content, target.ToArray());
    }

    [Fact]
    public void Sha256_is_only_there_when_asked_for()
    {
        using var stream = new HashingStream(Stream.Null);
        Assert.Throws<InvalidOperationException>(() => stream.Sha256);
        Assert.Equal(Blake3.Hash([]), stream.Blake3);
    }

    [Fact]
    public void The_inner_stream_is_closed_unless_it_is_to_stay_open()
    {
        var (closed, open) = (new MemoryStream(), new MemoryStream());
        new HashingStream(closed).Dispose();
        new HashingStream(open, leaveOpen: true).Dispose();
        Assert.Equal((false, true), (closed.CanRead, open.CanRead));
    }

    private static void AssertAll(HashingStream stream)
    {
        Assert.Equal(Content.Length, stream.Count);
        Assert.Equal(Blake3.Hash(Content), stream.Blake3);
        Assert.Equal(new Sha256Digest(SHA256.HashData(Content)), stream.Sha256);
    }
}
