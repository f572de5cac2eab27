using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Paths;
using Veridian.Debian.Control;
using Veridian.Debian.Declarations;
using Veridian.Debian.MaintainerScripts;
using Veridian.Debian.Sources;
using Veridian.Solver.Indexing;
using Veridian.Trust.OpenPgp;
using static Veridian.Fuzz.Parser;

namespace Veridian.Fuzz.Parsers;

/// <summary>What repositories and packages say in text: indexes, release files, their signed framing, keys, sources, scripts.</summary>
internal static class Metadata
{
    public static IEnumerable<Parser> All =>
    [
        new("deb822", () => [Utf8(Packages)], PackagesIndex)
        {
            Words = ["Package: ", "\n\n", "\n ", ":any", "Depends: ", "a | b (>= 1), c", "(<<", "Essential: yes\n", "Provides: v (= 2)\n", "Installed-Size: ", "Breaks: a, b\n", "[amd64]", "<!nocheck>"],
        },
        new("release", () => [Utf8(Release)], ReleaseFile)
        {
            Words = ["Date: ", "SHA256:\n", "Valid-Until: ", "Sat, 01 Jan 2022 00:00:00 UTC", " ../x", "main/binary-amd64/Packages.xz", "Acquire-By-Hash: yes\n"],
        },
        new("inrelease", () => [Utf8(InRelease)], SignedFraming)
        {
            Words = ["-----BEGIN PGP SIGNED MESSAGE-----\n", "-----BEGIN PGP SIGNATURE-----\n", "-----END PGP SIGNATURE-----\n", "Hash: SHA512\n\n", "- ", "\r\n", "NotDashEscaped: x\n"],
        },
        new("keyring", () => [Utf8(Key), Convert.FromBase64String("mDMEZAAAABYJKwYBBAHaRw8BAQdA")], KeyFile)
        {
            Words = ["-----BEGIN PGP PUBLIC KEY BLOCK-----\n", "-----END PGP PUBLIC KEY BLOCK-----\n", "=abcd\n", "Comment: x\n", "\r\n"],
        },
        new("apt-sources", () => [Utf8("deb [arch=amd64 signed-by=/k.gpg] http://example.org/debian stable main contrib # c\n"), Utf8(Sources)], AptSources)
        {
            Words = ["deb ", "deb-src ", "[signed-by=", "]", "Types: deb\n", "URIs: ", "Suites: ", "Signed-By:\n .\n", "Enabled: no\n", "cdrom:", "\n\n"],
        },
        new("script", () => [Utf8(Script)], MaintainerScript)
        {
            Words = ["update-alternatives --install ", "if [ \"$1\" = configure ]; then\n", "fi\n", "case $1 in\n", "esac\n", "\"", "'", "$(", "`", "<<EOF\n", "\\\n", "${", "&&", ";;", "{", "}", "# Automatically added by dh_installdeb\n", "# End automatically added section\n", "/usr/lib/emacsen-common/emacs-package-install --postinst demo\n", "[ -x /usr/lib/emacsen-common/emacs-package-install ]", "php_invoke enmod 8.2 ALL "],
        },
        new("declarations", () => [Utf8(Declared)], Declarations)
        {
            Words = ["d /run/x 0755 a b -\n", "D! /var/log/", "q ", "u name - \"Full Name\" /home /bin/sh\n", "g ", "m a b\n", "/var/run/../", "%m", ":8", "'", "\"", "\t", "2775", "/run/lock/"],
        },
    ];

    private static string PackagesIndex(byte[] input)
    {
        var content = new PackagesReader("amd64").Read(input, 0, 0);
        var builder = new PackageIndexBuilder();
        foreach (var entry in content.Entries)
        {
            Require(entry.Offset >= 0 && entry.Length >= 0 && entry.Offset + entry.Length <= input.Length, "an entry lies in its file");
            builder.Add(entry);
        }

        using var bytes = new MemoryStream();
        builder.Write(bytes);
        var raw = new PackageIndexBuilder();
        new PackagesReader("amd64").ReadEach(input, 0, 0, raw.Add);
        using var same = new MemoryStream();
        raw.Write(same);
        Require(same.ToArray().AsSpan().SequenceEqual(bytes.ToArray()), "entries make one index, read as bytes or as texts");
        using var index = PackageIndex.Open(bytes.ToArray());
        Require(index.VersionCount <= content.Entries.Count, "an index has no more versions than were read");
        foreach (var entry in content.Entries)
        {
            TryReadRecord(input.AsSpan((int)entry.Offset, entry.Length));
        }

        return $"{Size(content.Entries.Count)},{string.Join(',', content.Skipped.Select(skipped => skipped.Reason.Length).Distinct().Order())},{Size(content.Entries.Sum(entry => entry.Depends.Count))}";
    }

    // An index may leave out what only a download needs; then the record is refused when it is asked for.
    private static void TryReadRecord(ReadOnlySpan<byte> stanza)
    {
        try
        {
            _ = PackageRecordReader.Read(stanza);
        }
        catch (UntrustedException)
        {
        }
    }

    private static string ReleaseFile(byte[] input)
    {
        var release = ReleaseReader.Read(input, "Release");
        Require(release.Files.All(file => file.Value.Size >= 0), "a file has a size");
        return $"{Size(release.Files.Count)},{Size(release.Components.Count)},{release.AcquireByHash},{release.ValidUntil is null}";
    }

    private static string SignedFraming(byte[] input)
    {
        var message = ClearSignedMessage.Read("InRelease", input);
        Require(message.UnverifiedText.Length <= input.Length, "a signed text is no longer than the message");
        return Size(message.UnverifiedText.Length) + Size(message.UnverifiedText.Span.Count((byte)'\n'));
    }

    private static string KeyFile(byte[] input) => Size(Keyring.Read("key", input).Packets.Length);

    private static string AptSources(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var (list, stanzas) = (AptSourcesReader.Read(text, "debian.list"), AptSourcesReader.Read(text, "debian.sources"));
        return $"{Size(list.Sources.Count)},{Size(list.Ignored.Count)},{Size(stanzas.Sources.Count)},{Size(stanzas.Ignored.Count)}";
    }

    private static string MaintainerScript(byte[] input)
    {
        var (alternatives, summary) = (AlternativesReader.Read(input), ScriptSummary.Of(input, ScriptCall.Configure));
        var modules = PhpModuleReader.Read(input)?.Modules.Count ?? 0;
        var addOn = EmacsAddOnReader.Read(input, ScriptCall.Configure, EmacsTools.Ready, "demo");
        return $"{Size(alternatives.Understood.Count)},{Size(alternatives.NotUnderstood.Count)},{Size(summary.OwnCommands.Count)},{Size(summary.GeneratedBy.Count)},{Size(modules)},{Size(PhpModuleReader.PriorityOf(input).Length)},{addOn.Marks},{Size(addOn.NotUnderstood.Count)}";
    }

    private static string Declarations(byte[] input)
    {
        var (folders, accounts) = (VolatileFolder.Read(input), DeclaredAccount.Read(input));
        Require(folders.All(folder => folder.Path[0] == '/' && RelativePath.TryParse(folder.Path[1..], out _) && !folder.Path.Any(char.IsControl)), "a directory has a plain path");
        Require(folders.All(folder => VolatileFolder.Create(Convert.ToString(folder.Mode, 8), folder.Owner, folder.Group, folder.Path) == folder), "a directory that is written is read again");
        Require(accounts.All(account => !new[] { account.Name, account.Group, account.FullName, account.Home, account.Shell }.Any(field => field.Contains(':', StringComparison.Ordinal) || field.Any(char.IsControl))), "what is declared fits into a list");
        return $"{Size(folders.Count)},{Size(accounts.Count)},{folders.Select(folder => folder.Mode).Distinct().Count()},{accounts.Select(account => account.Kind).Distinct().Count()}";
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private const string Packages = """
        Package: demo
        Version: 1:2.0-1
        Architecture: amd64
        Essential: yes
        Installed-Size: 100
        Depends: libc6 (>= 2.36), a | b (<< 3) | c:any
        Pre-Depends: dpkg
        Recommends: more
        Conflicts: old (<= 1)
        Provides: virtual (= 1), other
        Filename: pool/d/demo.deb
        Size: 1234
        SHA256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
        Description: a demo
         with more lines

        Package: old
        Version: 1
        Architecture: all

        """;

    private const string Release = """
        Origin: Debian
        Suite: stable
        Codename: bookworm
        Date: Sat, 01 Jan 2022 00:00:00 UTC
        Valid-Until: Sat, 08 Jan 2022 00:00:00 UTC
        Acquire-By-Hash: yes
        Architectures: all amd64
        Components: main contrib
        SHA256:
         0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef 1234 main/binary-amd64/Packages.xz
         0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde0 0 main/binary-amd64/Packages

        """;

    private const string InRelease = """
        -----BEGIN PGP SIGNED MESSAGE-----
        Hash: SHA512

        Origin: Test
        - -----dashes-----
        -----BEGIN PGP SIGNATURE-----

        aGVsbG8=
        -----END PGP SIGNATURE-----

        """;

    private const string Key = """
        -----BEGIN PGP PUBLIC KEY BLOCK-----
        Comment: a key

        mDMEZAAAABYJKwYBBAHaRw8BAQdA
        -----END PGP PUBLIC KEY BLOCK-----

        """;

    private const string Sources = """
        Types: deb
        URIs: http://example.org/debian https://example.org/other
        Suites: stable stable-updates
        Components: main
        Signed-By:
         -----BEGIN PGP PUBLIC KEY BLOCK-----
         .
         mDMEZAAAABYJKwYBBAHaRw8BAQdA
         -----END PGP PUBLIC KEY BLOCK-----

        """;

    private const string Declared = """
        # a comment
        d /run/postgresql 2775 postgres postgres - -
        D! "/var/log/a b" ~1777 :root :adm 10d
        d /var/lock/subsys
        u web 4711:adm "The Web" /var/www /bin/sh
        u! messagebus - 'System Message Bus'
        g journal 999 -
        m web journal

        """;

    private const string Script = """
        #!/bin/sh
        set -e
        if [ "$1" = configure ]; then
            update-alternatives --install /usr/bin/editor editor /usr/bin/demo 50 \
                --slave /usr/share/man/man1/editor.1.gz editor.1.gz /usr/share/man/man1/demo.1.gz
            adduser --system demo || true
        fi
        # Automatically added by dh_installsystemd/13.11
        case "$1" in abort-*) deb-systemd-helper unmask 'demo.service' >/dev/null ;; esac
        # End automatically added section
        cat <<EOF
        text $(date)
        EOF
        """;
}
