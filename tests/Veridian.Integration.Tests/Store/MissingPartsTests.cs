using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Store;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Store;

/// <summary>Folders of a store that somebody deleted.</summary>
public sealed class MissingPartsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("blobs")]
    [InlineData("trash")]
    [InlineData("environments")]
    public void A_folder_is_named_with_the_command_that_makes_it_anew(string part)
    {
        var path = Broken(part);

        var failed = Assert.Throws<StoreDamagedException>(() => StoreFolder.Open(path, new UnsyncedStoreFiles(), TimeProvider.System));

        Assert.Contains($"{path}/{part}", failed.Message, StringComparison.Ordinal);
        Assert.Contains("vpkg verify --repair", failed.Hint, StringComparison.Ordinal);
        StoreFolder.OpenOrCreate(path, new UnsyncedStoreFiles(), TimeProvider.System).Dispose();
        StoreFolder.Open(path, new UnsyncedStoreFiles(), TimeProvider.System).Dispose();
    }

    [Fact]
    public void Roots_are_never_made_up()
    {
        var path = Broken("roots");

        Assert.ThrowsAny<VeridianException>(() => StoreFolder.OpenOrCreate(path, new UnsyncedStoreFiles(), TimeProvider.System));

        Assert.False(Directory.Exists(Path.Combine(path, "roots")));
    }

    [Fact]
    public void An_object_that_gc_took_away_has_no_manifest_and_is_no_damage_where_nobody_keeps_it()
    {
        using var store = StoreFolder.OpenOrCreate(_folder.PathOf("store"), new UnsyncedStoreFiles(), TimeProvider.System);
        var gone = StorePath.Create(Blake3.Hash([]), "gone", "1");

        Assert.Null(store.TryReadManifest(gone));
        Assert.Throws<StoreDamagedException>(() => store.ReadManifest(gone));
    }

    private string Broken(string part)
    {
        var path = _folder.PathOf("store");
        StoreFolder.OpenOrCreate(path, new UnsyncedStoreFiles(), TimeProvider.System).Dispose();
        Directory.Delete(Path.Combine(path, part));
        return path;
    }
}
