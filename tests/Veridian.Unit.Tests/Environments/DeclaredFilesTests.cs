using System.Text;
using Veridian.Debian.Declarations;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Planning;
using Veridian.Engine.Environments.Running;

namespace Veridian.Unit.Tests.Environments;

/// <summary>What packages declare in files instead of scripts: <c>spec/activation.md</c> A-33 and A-34, <c>spec/debian-bridge.md</c> DB-26 to DB-28.</summary>
public sealed class DeclaredFilesTests
{
    private const string Passwd = "root:x:0:0:root:/root:/bin/bash\nmail:x:8:8:mail:/var/mail:/usr/sbin/nologin\n";
    private const string Group = "root:x:0:\nmail:x:8:\nadm:x:4:\n";

    [Theory]
    [InlineData("d /run/mysqld 0755 mysql root -", "755\tmysql\troot\t/run/mysqld\n")]
    [InlineData("    d /run/php              0755 www-data www-data -   -", "755\twww-data\twww-data\t/run/php\n")]
    [InlineData("d /run/postgresql 2775 postgres postgres - -", "775\tpostgres\tpostgres\t/run/postgresql\n")]
    [InlineData("D! /var/log/x 1777 root root 10d", "1777\troot\troot\t/var/log/x\n")]
    [InlineData("d /run/screen 0777 root utmp", "777\troot\tutmp\t/run/screen\n")]
    [InlineData("q /var/tmp/x/ - - - -", "755\troot\troot\t/var/tmp/x\n")]
    [InlineData("d- /var/run/x :0700 :me :us -", "700\tme\tus\t/run/x\n")]
    [InlineData("d /var/lock/subsys", "755\troot\troot\t/run/lock/subsys\n")]
    [InlineData("d \"/run/a b\" 0755 root root", "755\troot\troot\t/run/a b\n")]
    public void A_directory_that_is_empty_at_every_start_is_made_then(string line, string expected) => Assert.Equal(expected, VolatileFolders.Write(Folders(("usr/lib/tmpfiles.d/x.conf", line))));

    [Theory]
    [InlineData("# d /run/x")]
    [InlineData("d")]
    [InlineData("f /run/x 0644 root root - text")]
    [InlineData("L /run/shm - - - - /dev/shm")]
    [InlineData("d /run/user 0755 root root -")]
    [InlineData("d /run/dbus/containers 0755 messagebus - - -")]
    [InlineData("d /run/vpkg/x")]
    [InlineData("d /run/host")]
    [InlineData("d /run/%m/x 0755")]
    [InlineData("d /run/../etc/x 0755")]
    [InlineData("d /run//x")]
    [InlineData("d run/x")]
    [InlineData("d /etc/x 0755")]
    [InlineData("d /var/lib/x 0755")]
    [InlineData("dx /run/x")]
    public void Nothing_else_is_made(string line) => Assert.Empty(Folders(("usr/lib/tmpfiles.d/x.conf", line)));

    [Fact]
    public void A_file_of_etc_counts_instead_and_the_first_line_for_a_path()
    {
        var folders = Folders(
            ("usr/lib/tmpfiles.d/b.conf", "d /run/gone"), ("etc/tmpfiles.d/b.conf", "d /run/b 0700"), ("usr/lib/tmpfiles.d/a.conf", "d /run/b 0711\nd /run/a"), ("usr/lib/tmpfiles.d/readme", "d /run/no"));
        Assert.Equal("755\troot\troot\t/run/a\n711\troot\troot\t/run/b\n", VolatileFolders.Write(folders));
    }

    [Fact]
    public void Directories_come_after_those_that_they_lie_in_with_the_numbers_of_their_owners()
    {
        var folders = RuntimeFolder.Read("750\tmail\tadm\t/run/a/b/c\n755\tnobody-knows\t12\t/var/cache/x/y\ndamaged\n", Passwd, Group);
        Assert.Equal(
            [new("/run/a", 0x1ED, 0, 0), new("/run/a/b", 0x1ED, 0, 0), new("/run/a/b/c", 0x1E8, 8, 4), new("/var/cache/x", 0x1ED, 0, 0), new("/var/cache/x/y", 0x1ED, 0, 12)], folders);
    }

    [Fact]
    public void Declared_accounts_are_added_with_numbers_that_follow_from_their_names()
    {
        var (passwd, group) = Accounts("u messagebus - \"System Message Bus\"\nu! web 4711:adm \"\" /var/www /bin/sh\ng journal 999 -\nm web journal\nu mail 1 - -\nu posted -:8\nr - 500-900\nu bad:name -\nu homeless - \"A: B\" home nologin\n");
        Assert.StartsWith(Passwd, passwd, StringComparison.Ordinal);
        var users = passwd[Passwd.Length..].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':')).ToDictionary(fields => fields[0]);
        Assert.Equal(["homeless", "messagebus", "posted", "web"], users.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["System Message Bus", "/", "/usr/sbin/nologin"], users["messagebus"][4..]);
        Assert.Equal(["", "/", "/usr/sbin/nologin"], users["homeless"][4..]);
        Assert.Equal(["4", "", "/var/www", "/bin/sh"], users["web"][3..]);
        Assert.Equal("8", users["posted"][3]);
        Assert.InRange(int.Parse(users["web"][2], System.Globalization.CultureInfo.InvariantCulture), 100, 899);
        Assert.Matches("(?m)^journal:x:[1-8][0-9][0-9]:web$", group);
        Assert.Contains($"messagebus:x:{users["messagebus"][3]}:\n", group, StringComparison.Ordinal);
        Assert.Equal(users["messagebus"][2], users["messagebus"][3]);
    }

    [Fact]
    public void Nothing_declared_changes_nothing()
    {
        Assert.Equal((Passwd, Group), Accounts("# u x\nu mail 8 \"\" /var/mail\ng adm 4\nu\n"));
    }

    private static IReadOnlyList<VolatileFolder> Folders(params (string Path, string Text)[] files) => VolatileFolders.Of(Tree(files), Reader(files));

    private static (string Passwd, string Group) Accounts(string text)
    {
        (string, string)[] files = [("usr/lib/sysusers.d/x.conf", text)];
        return SystemAccounts.AddTo(Passwd, Group, Tree(files), Reader(files));
    }

    private static PlannedDirectory Tree((string Path, string Text)[] files) =>
        TestPackage.Plan(files.Aggregate(new TestPackage("a"), (package, file) => package.File(file.Path))).Root;

    private static Func<string, int, byte[]?> Reader((string Path, string Text)[] files) =>
        (path, _) => files.Where(file => file.Path == path).Select(file => Encoding.UTF8.GetBytes(file.Text)).FirstOrDefault();
}
