using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Posix;
using Veridian.Store.Collecting;
using Veridian.Store.Roots;

namespace Veridian.Unit.Tests.Store;

public sealed class LiveSetTests
{
    [Fact]
    public void Roots_kept_names_and_living_environments_mark_what_they_need()
    {
        var (a, b, c, d) = (Path("a"), Path("b"), Path("c"), Path("d"));
        var (live, dead) = (Blake3.Hash("live"u8), Blake3.Hash("dead"u8));
        var environments = new Dictionary<Blake3Digest, IReadOnlyList<StorePath>> { [live] = [b], [dead] = [d] };
        var root = new RootRecord { Id = "r", Kind = "generation", Objects = [a], Environments = [live] };

        var marked = LiveSet.Mark([root], [c.Text], environments);

        Assert.Equal(new[] { a.Text, b.Text, c.Text, live.ToString() }.Order(), marked.Order());
    }

    [Fact]
    public void A_kept_environment_keeps_its_objects()
    {
        var (a, id) = (Path("a"), Blake3.Hash("e"u8));
        var environments = new Dictionary<Blake3Digest, IReadOnlyList<StorePath>> { [id] = [a] };

        Assert.Contains(a.Text, LiveSet.Mark([], [id.ToString()], environments));
    }

    /// <summary>Adding a root never lets anything die; seeds are printed by the assertion.</summary>
    [Fact]
    public void More_roots_never_mark_less()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var objects = Enumerable.Range(0, 20).Select(i => Path("p" + i)).ToArray();
            var environments = Enumerable.Range(0, 6).ToDictionary(i => Blake3.Hash([(byte)i]),
                _ => (IReadOnlyList<StorePath>)random.GetItems(objects, random.Next(5)));
            var roots = Enumerable.Range(0, 5).Select(i => new RootRecord
            {
                Id = "r" + i,
                Kind = "manual",
                Objects = random.GetItems(objects, random.Next(3)),
                Environments = random.GetItems(environments.Keys.ToArray(), random.Next(2)),
            }).ToArray();

            var fewer = LiveSet.Mark(roots[1..], [], environments);
            Assert.True(fewer.IsSubsetOf(LiveSet.Mark(roots, [], environments)), $"seed {seed}");
        }
    }

    [Fact]
    public void Mounted_environments_are_found_wherever_their_file_system_is_mounted()
    {
        var (a, b) = (Blake3.Hash("a"u8), Blake3.Hash("b"u8));
        MountedFolder[] mounts =
        [
            new($"/u/store/environments/{a}", "/"),
            new("/", $"/srv/store/environments/{b}/usr"),
            new("/store/environments/short", "/environments/"),
        ];

        Assert.Equal(new[] { a.ToString(), b.ToString() }.Order(), RunningEnvironments.In(mounts).Order());
    }

    private static StorePath Path(string name) => StorePath.Create(Blake3.Hash(System.Text.Encoding.UTF8.GetBytes(name)), name, "1");
}
