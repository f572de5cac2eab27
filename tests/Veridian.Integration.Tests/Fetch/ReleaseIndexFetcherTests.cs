using System.Text;
using Veridian.Core.Errors;
using Veridian.Engine.Adapters;
using Veridian.Fetch;
using Veridian.Fetch.Metadata;
using Veridian.Integration.Tests.Trust;
using Veridian.Testing;
using Veridian.Trust.OpenPgp;
using Veridian.Trust.Releases;

namespace Veridian.Integration.Tests.Fetch;

/// <summary>M-8, and trust.md over the wire.</summary>
public sealed class ReleaseIndexFetcherTests : IDisposable
{
    private readonly FetchBench _bench = new();
    private readonly RepositoryBench _repository = new RepositoryBench().Publish();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_release_and_its_index_come_verified()
    {
        await using var server = _repository.Serve();
        var fetched = await FetchAsync(_repository.Source(server));
        Assert.Equal(_repository.Date, fetched.Release.Value.Date);
        Assert.Equal(_repository.Packages, await File.ReadAllBytesAsync(fetched.Indexes.Single().Path));
        Assert.Equal(RepositoryBench.Hex(_repository.Files["/debian/dists/bookworm/InRelease"]), fetched.ReleaseDigest.ToString());
        Assert.Equal(_repository.Date, _repository.Seen[fetched.Subject]);
        Assert.Contains("/by-hash/SHA256/", server.Requests[1].Path, StringComparison.Ordinal);
        Assert.False(fetched.Unchanged);
    }

    [Fact]
    public async Task An_unchanged_release_costs_one_question_without_body()
    {
        await using var server = _repository.Serve();
        await FetchAsync(_repository.Source(server));
        Assert.True((await FetchAsync(_repository.Source(server))).Unchanged);
        Assert.Equal(3, server.Requests.Count);
        Assert.True(server.Requests[2].Headers.ContainsKey("If-None-Match"));
    }

    [Fact]
    public async Task A_damaged_copy_in_the_cache_is_fetched_again()
    {
        await using var server = _repository.Serve();
        var fetched = await FetchAsync(_repository.Source(server));
        await File.WriteAllTextAsync(fetched.ReleasePath, "garbage");
        await File.WriteAllTextAsync(fetched.Indexes[0].Path, "garbage");
        var again = await FetchAsync(_repository.Source(server));
        Assert.Equal(_repository.Packages, await File.ReadAllBytesAsync(again.Indexes[0].Path));
    }

    [Fact]
    public async Task The_cache_answers_without_network_and_is_verified_again()
    {
        await using var server = _repository.Serve();
        var source = _repository.Source(server);
        var offline = _repository.Fetcher(_bench, fetcher: new OfflineFetcher());
        Assert.Null(await offline.OpenCachedAsync(source, CancellationToken.None));
        var fetched = await FetchAsync(source);
        Assert.Equal(fetched.Indexes, (await offline.OpenCachedAsync(source, CancellationToken.None))!.Indexes);

        var late = _repository.Fetcher(_bench, time: new RepositoryBench.FixedTime(_repository.Date.AddDays(401)));
        var refused = await Assert.ThrowsAsync<UntrustedException>(async () => await late.OpenCachedAsync(source, CancellationToken.None));
        Assert.Equal(ErrorCodes.MetadataExpired, refused.Code);
        File.Delete(fetched.Indexes[0].Path);
        Assert.Null(await offline.OpenCachedAsync(source, CancellationToken.None));
    }

    [Fact]
    public async Task Offline_fetching_says_so_and_tries_no_mirror()
    {
        await using var server = _repository.Serve();
        var refused = await Assert.ThrowsAsync<UnavailableException>(async () =>
            await _repository.Fetcher(_bench, fetcher: new OfflineFetcher()).FetchAsync(_repository.Source(server, server), SilentObserver.Instance, CancellationToken.None));
        Assert.Equal(ErrorCodes.Offline, refused.Code);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_mirror_that_went_back_in_time_is_refused_and_the_next_one_used()
    {
        await using var server = _repository.Serve();
        await FetchAsync(_repository.Source(server));
        var old = new RepositoryBench { Date = _repository.Date.AddDays(-3) }.Publish();
        await using var stale = old.Serve();

        // The same repository by name, its first mirror now answered by an attacker.
        var attacked = _repository.Source(server, stale) with { Urls = [new Uri(stale.Url, "debian/")] };
        _repository.Remember(attacked.Subject, _repository.Date);
        Assert.Equal(ErrorCodes.MetadataRolledBack, (await RefusedAsync(attacked)).Code);
        var fetched = await FetchAsync(attacked with { Urls = [.. attacked.Urls, new Uri(server.Url, "debian/")] });
        Assert.Equal(_repository.Date, fetched.Release.Value.Date);
    }

    [Fact]
    public async Task A_refused_release_leaves_cache_and_floor_as_they_were()
    {
        await using var server = _repository.Serve();
        var before = await FetchAsync(_repository.Source(server));
        _repository.Files["/debian/dists/bookworm/InRelease"] = [.. _repository.Files["/debian/dists/bookworm/InRelease"], .. "Origin: Evil\n"u8];
        Assert.Equal(ErrorCodes.SignedTextAround, (await RefusedAsync(_repository.Source(server))).Code);
        var after = await _repository.Fetcher(_bench).OpenCachedAsync(_repository.Source(server), CancellationToken.None);
        Assert.Equal((before.ReleaseDigest, _repository.Date), (after!.ReleaseDigest, _repository.Seen[before.Subject]));
    }

    [Fact]
    public async Task A_swapped_index_is_refused_and_the_old_release_stays_usable()
    {
        await using var server = _repository.Serve();
        var before = await FetchAsync(_repository.Source(server));
        _repository.Packages = FetchBench.Content(6000);
        _repository.Date = _repository.Date.AddHours(1);
        _repository.Publish();
        foreach (var path in _repository.Files.Keys.Where(path => !path.EndsWith("InRelease", StringComparison.Ordinal)).ToList())
        {
            _repository.Files[path] = FetchBench.Content(6000).Reverse().ToArray();
        }

        Assert.Equal(ErrorCodes.DigestMismatch, (await RefusedAsync(_repository.Source(server))).Code);
        Assert.Equal(before.ReleaseDigest.ToString(), RepositoryBench.Hex(await File.ReadAllBytesAsync(before.ReleasePath)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_index_is_found_with_and_without_its_digest_name(bool byHash)
    {
        var repository = new RepositoryBench().Publish(byHash);
        repository.Files.Keys.Where(path => path.Contains("by-hash", StringComparison.Ordinal)).ToList().ForEach(path => repository.Files.Remove(path));
        await using var server = repository.Serve();
        Assert.Single((await repository.Fetcher(_bench).FetchAsync(repository.Source(server), _bench, CancellationToken.None)).Indexes);
        Assert.Equal(byHash ? 3 : 2, server.Requests.Count);
    }

    [Fact]
    public async Task A_repository_without_key_is_refused_before_any_question()
    {
        await using var server = _repository.Serve();
        Assert.Equal(ErrorCodes.RepositoryUntrusted, (await RefusedAsync(_repository.Source(server) with { Keyrings = [] })).Code);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("InRelease signed")]
    [InlineData("InRelease plain")]
    [InlineData("Release")]
    public async Task An_unsigned_repository_is_read_and_marked(string form)
    {
        _repository.Files.Remove("/debian/dists/bookworm/InRelease", out var signed);
        var plain = Encoding.UTF8.GetBytes(_repository.ReleaseText());
        _repository.Files["/debian/dists/bookworm/" + form.Split(' ')[0]] = form.EndsWith("signed", StringComparison.Ordinal) ? signed! : plain;
        await using var server = _repository.Serve();
        var source = _repository.Source(server) with { Keyrings = [], Policy = new ReleaseTrustPolicy { Unsigned = true } };
        var fetched = await FetchAsync(source);
        Assert.True(fetched.Release.Value.Unsigned);
        Assert.NotNull(await _repository.Fetcher(_bench).OpenCachedAsync(source, CancellationToken.None));
    }

    [Fact]
    public async Task A_plain_text_is_not_enough_for_a_repository_with_key()
    {
        _repository.Files["/debian/dists/bookworm/InRelease"] = Encoding.UTF8.GetBytes(_repository.ReleaseText());
        await using var server = _repository.Serve();
        Assert.Equal(ErrorCodes.SignatureMissing, (await RefusedAsync(_repository.Source(server))).Code);
    }

    [Fact]
    public async Task A_login_page_in_place_of_the_release_is_called_that()
    {
        await using var server = new LoopbackServer(_ => LoopbackAnswer.Of("<html>log in</html>") with { Headers = new() { ["Content-Type"] = "text/html" } });
        var refused = await Assert.ThrowsAsync<UnavailableException>(() => FetchAsync(_repository.Source(server)));
        Assert.Contains("login page of this network", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suite_that_does_not_exist_gives_the_hint_to_check_its_name()
    {
        await using var server = new LoopbackServer(_ => LoopbackAnswer.Code(404));
        var refused = await Assert.ThrowsAsync<UnavailableException>(() => FetchAsync(_repository.Source(server)));
        Assert.Contains("name of the suite", refused.Hint, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_endless_release_is_stopped()
    {
        await using var server = new LoopbackServer(_ => new LoopbackAnswer(new byte[1 << 20]) { Endless = true });
        Assert.Equal(ErrorCodes.MetadataMalformed, (await RefusedAsync(_repository.Source(server))).Code);
    }

    [Theory]
    [InlineData("Architectures: all amd64\n", 2)]
    [InlineData("Architectures: all amd64\nNo-Support-for-Architecture-all: Packages\n", 1)]
    [InlineData("Architectures: amd64\n", 1)]
    [InlineData("", 1)]
    public async Task An_index_of_its_own_for_all_is_fetched_where_the_release_says_so(string fields, int count)
    {
        var path = RepositoryBench.Index.Replace("amd64", "all", StringComparison.Ordinal);
        _repository.Files["/debian/dists/bookworm/" + path] = _repository.Packages;
        var text = fields + _repository.ReleaseText() + $" {RepositoryBench.Hex(_repository.Packages)} {_repository.Packages.Length} {path}\n";
        _repository.Files["/debian/dists/bookworm/InRelease"] = _repository.Sign(text);
        await using var server = _repository.Serve();
        Assert.Equal(count, (await FetchAsync(_repository.Source(server))).Indexes.Count);
    }

    [Fact]
    public async Task A_component_that_the_release_does_not_have_is_an_error()
    {
        await using var server = _repository.Serve();
        var refused = await RefusedAsync(_repository.Source(server) with { Components = ["man"] });
        Assert.Contains("component 'man' and architecture 'amd64'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_without_suites_lies_in_one_folder()
    {
        _repository.Files.Clear();
        _repository.Files["/debian/stable/InRelease"] = _repository.Sign(_repository.ReleaseText().Replace(RepositoryBench.Index, "Packages.xz", StringComparison.Ordinal).Replace("Acquire-By-Hash: yes\n", "", StringComparison.Ordinal));
        _repository.Files["/debian/stable/Packages.xz"] = _repository.Packages;
        await using var server = _repository.Serve();
        Assert.Single((await FetchAsync(_repository.Source(server) with { Suite = "stable/", Components = [] })).Indexes);
    }

    [Fact]
    public async Task With_gpgv_a_repository_signed_by_our_own_key_is_believed_and_another_key_is_not()
    {
        using var key = OwnKey.TryMake();
        using var stranger = OwnKey.TryMake();
        if (key is null || stranger is null)
        {
            return;
        }

        _repository.Sign = text => key.ClearSign(Encoding.UTF8.GetBytes(text));
        _repository.Publish();
        await using var server = _repository.Serve();
        var source = _repository.Source(server) with { Keyrings = [Keyring.Read("own", key.ExportArmored())] };
        var fetcher = _repository.Fetcher(_bench, GpgvVerifier.FromEnvironment(TimeProvider.System));
        Assert.Single((await fetcher.FetchAsync(source, _bench, CancellationToken.None)).Release.Value.Signers);

        var wrong = source with { Keyrings = [Keyring.Read("stranger", stranger.Export())] };
        var refused = await Assert.ThrowsAsync<UntrustedException>(async () => await fetcher.FetchAsync(wrong, _bench, CancellationToken.None));
        Assert.Equal(ErrorCodes.SignatureUnknownKey, refused.Code);
    }

    [Fact]
    public async Task Debians_own_files_come_through_a_file_url()
    {
        if (DebianTestData.InRelease("bookworm") is not { } release || DebianTestData.ArchiveKeyring() is not { } keys)
        {
            return;
        }

        var mirror = Path.Combine(_bench.Folder, "mirror");
        Directory.CreateDirectory(mirror);
        Directory.CreateSymbolicLink(Path.Combine(mirror, "dists"), Path.Combine(Path.GetFullPath(DebianTestData.Folder()), "debian"));
        var source = new RepositorySource(
            [new Uri("file://" + mirror)], "bookworm", ["main"], ["amd64", "all"], [Keyring.Read("debian", keys)], ReleaseTrustPolicy.Default);
        var verifier = GpgvVerifier.FromEnvironment(TimeProvider.System);
        var fetcher = _repository.Fetcher(_bench, verifier, new RepositoryBench.FixedTime(new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero)));
        var fetched = await fetcher.FetchAsync(source, _bench, CancellationToken.None);
        Assert.Equal(RepositoryBench.Hex(release), fetched.ReleaseDigest.ToString());
        Assert.Equal(fetched.Indexes.Single().Size.Bytes, new FileInfo(fetched.Indexes.Single().Path).Length);
    }

    private async Task<FetchedRelease> FetchAsync(RepositorySource source) =>
        await _repository.Fetcher(_bench).FetchAsync(source, _bench, CancellationToken.None);

    private Task<UntrustedException> RefusedAsync(RepositorySource source) => Assert.ThrowsAsync<UntrustedException>(() => FetchAsync(source));
}
