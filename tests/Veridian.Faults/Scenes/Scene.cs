using Veridian.Testing;

namespace Veridian.Faults.Scenes;

/// <summary>One command in a prepared place.</summary>
/// <param name="Name">As typed after <c>--scene</c>.</param>
/// <param name="Command">What is run.</param>
/// <param name="Prepare">Makes the place, in an empty one.</param>
internal sealed record Scene(string Name, string[] Command, Action<Site> Prepare)
{
    /// <summary>Whether the store is damaged before; then only its completion must leave it sound.</summary>
    public bool BeginsDamaged { get; init; }

    /// <summary>Every command that changes what is there.</summary>
    public static IReadOnlyList<Scene> All { get; } =
    [
        new("first-apply", ["apply"], site => Stock(site).Write("hello = \"*\"")),
        new("apply", ["apply"], site =>
        {
            Stock(site).Write("hello = \"*\"");
            site.Works("apply");
            site.Write("hello = \"*\"\ntool = \"*\"");
        }),
        new("etc", ["apply"], site =>
        {
            Stock(site).Write("library = \"*\"", "[profile]\netc = \"etc\"\n");
            Directory.CreateDirectory(Path.Combine(site.Project, "etc/library.d"));
            File.WriteAllText(Path.Combine(site.Project, "etc/library.conf"), "key = mine\n");
            site.Works("apply");
            File.WriteAllText(Path.Combine(site.Project, "etc/library.conf"), "key = changed\n");
            File.WriteAllText(Path.Combine(site.Project, "etc/library.d/more"), new string('x', 100_000));
        }),
        new("rollback", ["rollback", "1"], Two),
        new("remove", ["remove", "tool", "--yes"], site =>
        {
            Stock(site).Write("hello = \"*\"\ntool = \"*\"");
            site.Works("apply");
        }),
        new("lock", ["lock"], site =>
        {
            Stock(site).Write("hello = \"*\"");
            site.Works("lock");
            site.Write("hello = \"*\"\ntool = \"*\"");
        }),
        new("gc", ["gc", "--keep", "1"], site =>
        {
            Two(site);
            Directory.CreateDirectory(Path.Combine(site.Folder, "loose/usr"));
            File.WriteAllText(Path.Combine(site.Folder, "loose/usr/file"), "loose\n");
            site.Works("store", "add", Path.Combine(site.Folder, "loose"));
        }),
        new("update", ["update", "--yes"], site =>
        {
            Two(site);
            site.Repository.Date += TimeSpan.FromHours(1);
            site.Repository.Add(TinyPackage.Program("hello", "2.0"), TinyPackage.Plain("library", "2.0")).Publish();
        }),
        new("repair", ["verify", "--repair"], site =>
        {
            Two(site);
            Damage(site);
        }) { BeginsDamaged = true },
    ];

    /// <summary>A repository of a few packages. One knows the site: a gc spares what looks like something that runs anywhere on the machine.</summary>
    public static Site Stock(Site site)
    {
        site.Repository.Add(
            TinyPackage.Plain("base").Field("Essential", "yes").Link("usr/share/base", "doc/base").File("usr/share/doc/base/site", site.Folder),
            TinyPackage.Program("hello"),
            TinyPackage.Program("tool", depends: "library").File("usr/share/tool/large", new string('x', 200_000)),
            TinyPackage.Plain("library").File("etc/library.conf", "key = value\n")).Publish();
        return site;
    }

    private static void Two(Site site)
    {
        Stock(site).Write("hello = \"*\"");
        site.Works("apply");
        site.Write("hello = \"*\"\ntool = \"*\"");
        site.Works("apply");
    }

    // One content that every tree shares, one that only a fetch brings back, a mode, a link, a file too many.
    private static void Damage(Site site)
    {
        var objects = Path.Combine(site.Locations.Store, "objects");
        string Of(string name) => Directory.GetDirectories(objects).Single(path => Path.GetFileName(path).Contains($"-{name}-", StringComparison.Ordinal));
        TestStore.Overwrite(Path.Combine(Of("library"), "usr/share/doc/library/readme"), "another\n");
        TestStore.Overwrite(Path.Combine(Of("tool"), "usr/share/tool/large"), "short\n");
        File.SetUnixFileMode(Path.Combine(Of("hello"), "usr/share/doc/hello/readme"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var share = Path.Combine(Of("base"), "usr/share");
        File.SetUnixFileMode(share, (UnixFileMode)0x1ED);
        File.Delete(Path.Combine(share, "base"));
        File.CreateSymbolicLink(Path.Combine(share, "base"), "elsewhere");
        File.SetUnixFileMode(share, (UnixFileMode)0x16D);
    }
}
