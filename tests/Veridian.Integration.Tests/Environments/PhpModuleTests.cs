using Veridian.Engine.Environments.Activation.Scripts;
using Veridian.Engine.Environments.Planning;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Environments;

/// <summary>Debian's own PHP packages, set up once without their scripts and once by them.</summary>
public sealed class PhpModuleTests
{
    // What the scripts run, with the packages that it needs; PHP itself does not run.
    private static readonly string[] Tools =
    [
        "base-files", "base-passwd", "coreutils", "dash", "debconf", "debianutils", "dpkg", "findutils", "gcc-12-base", "grep", "libacl1", "libattr1", "libbz2-1.0", "libc-bin", "libc6", "libcrypt1", "libgcc-s1", "libgmp10", "liblzma5", "libmd0", "mawk",
        "libpcre2-8-0", "libselinux1", "libzstd1", "perl-base", "sed", "sensible-utils", "ucf", "util-linux", "zlib1g",
    ];

    private static readonly string[] Php =
    [
        "libphp8.2-embed", "php-common", "php8.2-apcu", "php8.2-cgi", "php8.2-cli", "php8.2-common", "php8.2-curl", "php8.2-gd", "php8.2-igbinary", "php8.2-mbstring", "php8.2-memcached", "php8.2-msgpack",
        "php8.2-mysql", "php8.2-opcache", "php8.2-phpdbg", "php8.2-readline", "php8.2-sqlite3", "php8.2-xdebug", "php8.2-xml",
    ];

    [NeedsFact(Needs.Bubblewrap)]
    public async Task What_is_done_natively_is_what_the_scripts_leave()
    {
        using var debs = new Testing.TemporaryFolder();
        if (DebianEnvironment.Download(debs.Path, [.. Tools, .. Php]) is { } reason)
        {
            Console.WriteLine($"skipped: {reason}");
            return;
        }

        using var system = new ScriptSystem(withHost: false);
        EnvironmentPackage[] packages = [.. Directory.GetFiles(debs.Path, "*.deb").Order(StringComparer.Ordinal).Select(system.Package)];
        var native = await system.BuildAsync(packages);
        Assert.Empty(RanOf(native));
        Assert.All(Php.Where(name => name != "php-common"), name => Assert.Contains("php-modules", native.Records.Single(record => record.Package == name).Applied));

        // A script that is not understood: all of them run.
        var real = await system.BuildAsync(new ScriptSettings { Workers = 2 }, [.. packages, system.Package("odd", "Depends: php-common\n", [], ("postinst", "#!/bin/sh\nset -e\nphpquery -V\n"))]);
        Assert.Equal(Php, RanOf(real).Order(StringComparer.Ordinal));
        var files = Files(native);
        Assert.Equal(Files(real), files);
        Assert.Contains("etc/php/8.2/cgi/conf.d/25-memcached.ini -> /etc/php/8.2/mods-available/memcached.ini", files);
        Assert.Contains("var/lib/php/modules/8.2/phpdbg/enabled_by_maint/xdebug", files.Select(file => file.Split(' ')[0]));

        IEnumerable<string> RanOf(EnvironmentPlan plan) => plan.Records.Where(record => Php.Contains(record.Package) && record.Ran.Any(script => script.Name == "postinst")).Select(record => record.Package);

        string[] Files(EnvironmentPlan plan) =>
        [
            .. new[] { "etc/php", "etc/alternatives", "var/lib/php" }.SelectMany(folder => new DirectoryInfo(system.PathOf(plan, folder)).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
                .Select(file => $"{Path.GetRelativePath(system.PathOf(plan, ""), file.FullName)} {Describe(file)}").Order(StringComparer.Ordinal),
        ];
    }

    private static string Describe(FileSystemInfo file) => file switch
    {
        { LinkTarget: { } target } => $"-> {target}",
        FileInfo => $"{file.UnixFileMode} {File.ReadAllText(file.FullName)}",
        _ => $"{file.UnixFileMode}",
    };
}
