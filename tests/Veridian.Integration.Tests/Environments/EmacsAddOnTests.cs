using System.Text;
using Veridian.Build.Sandbox;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Activation.Scripts;
using Veridian.Engine.Environments.Building;
using Veridian.Engine.Environments.Planning;
using Veridian.Formats.Profile;
using Veridian.Store;
using Veridian.Store.Files;
using Veridian.Store.Manifests;
using Veridian.Store.Transactions;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Environments;

public sealed class EmacsAddOnTests
{
    private static readonly string[] AddOns = ["dictionaries-common", "elpa-dash", "elpa-markdown-mode", "emacsen-common"];

    // What the scripts and the tools run on.
    private static readonly string[] System =
    [
        "base-passwd", "bash", "coreutils", "dash", "debconf", "dh-elpa-helper", "diffutils", "dpkg", "findutils", "grep", "libacl1", "libattr1", "libbz2-1.0", "libc-bin", "libc6", "libcrypt1",
        "libgcc-s1", "libgmp10", "liblzma5", "libmd0", "libpcre2-8-0", "libselinux1", "libtext-iconv-perl", "libtinfo6", "libzstd1", "mawk", "perl-base", "sed", "tar", "zlib1g",
    ];

    /// <summary>Names a tool in a way that is not understood and does nothing: all scripts run.</summary>
    private const string Unclear = "#!/bin/sh\n: emacs-install\n";

    [NeedsFact(Needs.Bubblewrap)]
    public async Task Marks_are_those_that_the_scripts_of_real_packages_leave()
    {
        using var folder = new TemporaryFolder();
        var debs = Directory.CreateDirectory(folder.Path + "/debs").FullName;
        if (DebianEnvironment.Download(debs, [.. AddOns, .. System]) is { } skipped)
        {
            Console.WriteLine($"skipped: {skipped}");
            return;
        }

        using var store = StoreFolder.OpenOrCreate(folder.Path + "/store", new PosixStoreFiles(), TimeProvider.System);
        using var transaction = store.Begin(TimeSpan.FromSeconds(10), CancellationToken.None);
        var packages = Directory.GetFiles(debs, "*.deb").Order(StringComparer.Ordinal).Select(deb => DebianEnvironment.Stage(transaction, deb)).ToList();
        using var writer = transaction.Stage("unclear", "1", "all");
        var unclear = new EnvironmentPackage { Name = "unclear", Version = "1", Object = writer.Complete(ControlData.Of([new ControlMember("postinst", Encoding.UTF8.GetBytes(Unclear))]), Origin.Unknown).Path };
        transaction.Publish(CancellationToken.None);

        var native = await BuildAsync(store, transaction, packages);
        var scripts = await BuildAsync(store, transaction, [.. packages, unclear]);

        Assert.Equal(["dictionaries-common"], RanOf(native).Distinct());
        Assert.Equal(AddOns, RanOf(scripts).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(AddOns, native.Records.Where(record => record.Applied.Contains("emacs-packages")).Select(record => record.Package));
        var marks = Directory.GetFiles($"{store.FolderOfEnvironment(native.Digest)}/var/lib/emacsen-common/state/package/installed");
        Assert.Equal(AddOns, marks.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.NotNull(native.Layer.SourceOf(EmacsAddOns.MarkOf("dictionaries-common"))); // its script has seen the mark of the tools
        Assert.Null(native.Layer.SourceOf(EmacsAddOns.MarkOf("elpa-dash")));
        Assert.Equal(Listing(store.FolderOfEnvironment(scripts.Digest)), Listing(store.FolderOfEnvironment(native.Digest)));
    }

    private static IEnumerable<string> RanOf(EnvironmentPlan plan) => plan.Records.SelectMany(record => record.Ran).Select(script => script.Package);

    private static async Task<EnvironmentPlan> BuildAsync(StoreFolder store, StoreTransaction transaction, IReadOnlyList<EnvironmentPackage> packages)
    {
        var request = new EnvironmentRequest { Packages = packages, Scripts = ScriptPolicy.Run, WithoutScripts = [.. System] };
        var plan = EnvironmentPlan.Create(request, package => new PackageContents(
            store.ReadManifest(package.Object).Entries,
            store.ReadControl(package.Object).Members.ToDictionary(member => member.Name, member => member.Bytes)));
        var built = await new EnvironmentBuilder(store, BubblewrapSandbox.Find("/usr/bin:/bin:/usr/local/bin", null), new ScriptSettings { Workers = 2 }).BuildAsync(plan, transaction, previous: null, CancellationToken.None);
        transaction.Publish(CancellationToken.None);
        return built.Plan;
    }

    /// <summary>All of a tree but vpkg's own records: path, kind, mode, and digest or target.</summary>
    private static string Listing(string environment)
    {
        var (exitCode, listing, error) = DebianEnvironment.Execute(
            "/bin/sh", "-c", "cd \"$0\" && find etc opt srv usr var -printf '%p %y %m %l\\n' | LC_ALL=C sort && find etc opt srv usr var -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum", environment);
        Assert.True(exitCode == 0, error);
        return listing;
    }
}
