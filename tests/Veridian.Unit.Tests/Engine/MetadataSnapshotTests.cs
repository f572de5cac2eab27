using System.Text;
using Veridian.Core.Hashing;
using Veridian.Engine.Syncing;

namespace Veridian.Unit.Tests.Engine;

public sealed class MetadataSnapshotTests : IDisposable
{
    private readonly string _text = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));

    public MetadataSnapshotTests() => File.WriteAllText(_text, "Package: a\n");

    public void Dispose() => File.Delete(_text);

    [Fact]
    public void What_was_written_is_read_again()
    {
        var again = MetadataSnapshot.TryRead(Snapshot(500).ToBytes());
        Assert.NotNull(again);
        Assert.Equal(Encoding.UTF8.GetString(Snapshot(500).ToBytes()), Encoding.UTF8.GetString(again.ToBytes()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("vpkg-snapshot 2\t0\n")]
    [InlineData("vpkg-snapshot 1\tnever\n")]
    [InlineData("vpkg-snapshot 1\t0\ndebian\tbookworm\n")]
    public void Anything_else_is_made_anew(string text) => Assert.Null(MetadataSnapshot.TryRead(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_snapshot_whose_text_was_cleaned_away_is_made_anew()
    {
        var bytes = Snapshot(500).ToBytes();
        File.Delete(_text);
        Assert.Null(MetadataSnapshot.TryRead(bytes));
    }

    [Fact]
    public void The_content_key_depends_on_digests_and_priority_only()
    {
        Assert.Equal(Snapshot(500).ContentKey(), (Snapshot(500) with { Synced = DateTimeOffset.UnixEpoch }).ContentKey());
        Assert.NotEqual(Snapshot(500).ContentKey(), Snapshot(600).ContentKey());
    }

    private MetadataSnapshot Snapshot(int priority) => new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
    [
        new SyncedSuite("debian", "bookworm", "main", priority, "", DateTimeOffset.FromUnixTimeSeconds(1_600_000_000), default, ["AB", "CD"],
            new Sha256Digest([.. Enumerable.Repeat((byte)7, 32)]), _text),
    ]);
}
