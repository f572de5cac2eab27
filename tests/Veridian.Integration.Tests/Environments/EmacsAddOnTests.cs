using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Planning;
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
        using var debs = new Testing.TemporaryFolder();
        if (DebianEnvironment.Download(debs.Path, [.. AddOns, .. System]) is { } skipped)
        {
            Console.WriteLine($"skipped: {skipped}");
            return;
        }

        using var system = new ScriptSystem(withHost: false);
        EnvironmentPackage[] packages = [.. Directory.GetFiles(debs.Path, "*.deb").Order(StringComparer.Ordinal).Select(system.Package)];
        var native = await system.BuildWithoutScriptsAsync(System, packages);
        var scripts = await system.BuildWithoutScriptsAsync(System, [.. packages, system.Package("unclear", "", [], ("postinst", Unclear))]);

        Assert.Equal(["dictionaries-common"], RanOf(native));
        Assert.Equal(AddOns, RanOf(scripts));
        Assert.Equal(AddOns, native.Records.Where(record => record.Applied.Contains("emacs-packages")).Select(record => record.Package));
        var marks = Directory.GetFiles(system.PathOf(native, "var/lib/emacsen-common/state/package/installed"));
        Assert.Equal(AddOns, marks.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.NotNull(native.Layer.SourceOf(EmacsAddOns.MarkOf("dictionaries-common"))); // its script has seen the mark of the tools
        Assert.Null(native.Layer.SourceOf(EmacsAddOns.MarkOf("elpa-dash")));
        Assert.Equal(Listing(system.PathOf(scripts, "")), Listing(system.PathOf(native, "")));
    }

    private static IEnumerable<string> RanOf(EnvironmentPlan plan) =>
        plan.Records.SelectMany(record => record.Ran).Select(script => script.Package).Where(AddOns.Contains).Distinct().Order(StringComparer.Ordinal);

    /// <summary>All of a tree but vpkg's own records: path, kind, mode, and digest or target.</summary>
    private static string Listing(string environment)
    {
        var (exitCode, listing, error) = DebianEnvironment.Execute(
            "/bin/sh", "-c", "cd \"$0\" && find etc opt srv usr var -printf '%p %y %m %l\\n' | LC_ALL=C sort && find etc opt srv usr var -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum", environment);
        Assert.True(exitCode == 0, error);
        return listing;
    }
}
