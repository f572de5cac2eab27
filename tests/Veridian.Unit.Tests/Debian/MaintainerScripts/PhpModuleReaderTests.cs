using System.Text;
using Veridian.Debian.MaintainerScripts;

namespace Veridian.Unit.Tests.Debian.MaintainerScripts;

public sealed class PhpModuleReaderTests
{
    private static string Mysql => PhpScripts.Modules("php8.2-mysql", "mysql", "mysqlnd mysqli pdo_mysql");

    private static string Cli => PhpScripts.Interface("php8.2-cli", "cli", PhpScripts.Offers);

    [Fact]
    public void A_package_with_modules_says_where_their_configuration_lies()
    {
        var content = Read(Mysql)!;
        Assert.Equal(["mysqlnd", "mysqli", "pdo_mysql"], content.Modules.Select(module => module.Name));
        Assert.Equal(new PhpModule("8.2", "mysqli", "/usr/share/php8.2-mysql/mysql/mysqli.ini"), content.Modules[1]);
        Assert.Empty(content.Interfaces);
        Assert.Empty(content.Alternatives);
    }

    [Fact]
    public void Lines_for_upgrades_do_not_count() =>
        Assert.Equal(6, Read(PhpScripts.Modules("php8.2-xml", "xml", "dom simplexml xml xmlreader xmlwriter xsl", PhpScripts.XmlStart))!.Modules.Count);

    [Fact]
    public void A_module_may_lie_in_its_place_already() =>
        Assert.Equal([new PhpModule("8.2", "xdebug", null)], Read(PhpScripts.OwnModules("xdebug"))!.Modules);

    [Fact]
    public void An_interface_has_a_configuration_and_alternatives()
    {
        var content = Read(Cli)!;
        Assert.Equal([new PhpInterface("8.2", "cli", "/usr/lib/php/8.2/php.ini-production.cli")], content.Interfaces);
        Assert.Equal(["/usr/bin/php8.2", "/usr/bin/phar8.2", "/usr/bin/phar.phar8.2"], content.Alternatives.Select(offer => offer.Path));
        Assert.Equal(new AlternativeSlave("/usr/share/man/man1/phar.phar.1.gz", "phar.phar.1.gz", "/usr/share/man/man1/phar.phar8.2.1.gz"), Assert.Single(content.Alternatives[2].Slaves));
        Assert.All(content.Alternatives, offer => Assert.Equal(82, offer.Priority));
    }

    [Fact]
    public void The_other_interfaces_differ_in_what_stands_around()
    {
        var cgi = Read(PhpScripts.Interface("php8.2-cgi", "cgi", PhpScripts.CgiStart, PhpScripts.CgiEnd))!;
        Assert.Equal([new PhpInterface("8.2", "cgi", "/usr/lib/php/8.2/php.ini-production")], cgi.Interfaces);
        Assert.Equal(["php-cgi", "php-cgi-bin"], cgi.Alternatives.Select(offer => offer.Name));
        Assert.Equal("/usr/lib/libphp8.so", Assert.Single(Read(PhpScripts.Interface("libphp8.2-embed", "embed", PhpScripts.EmbedStart))!.Alternatives).Link);
        Assert.Equal("/usr/bin/phpdbg8.2", Assert.Single(Read(PhpScripts.Interface("php8.2-phpdbg", "phpdbg", PhpScripts.DebuggerStart))!.Alternatives).Path);
    }

    [Fact]
    public void The_common_package_does_nothing()
    {
        var content = Read(PhpScripts.Common)!;
        Assert.Equal((0, 0, 0), (content.Modules.Count, content.Interfaces.Count, content.Alternatives.Count));
    }

    [Fact]
    public void Another_version_is_read_alike() =>
        Assert.Equal([new PhpModule("10.14", "gd", "/usr/share/php10.14-gd/gd/gd.ini")], Read(PhpScripts.Modules("php10.14-gd", "gd", "gd", version: "10.14"))!.Modules);

    [Theory]
    [InlineData("inidir=/etc/php/8.2/mods-available", "inidir=/etc/php/8.3/mods-available")]
    [InlineData("inidir=/etc/php/8.2/mods-available", "inidir=/etc/php/8.2/../mods-available")]
    [InlineData("mysqlnd mysqli", "mysqlnd ../mysqli")]
    [InlineData("mysqlnd mysqli", "mysqlnd $(id)")]
    [InlineData("mysqlnd mysqli", "mysqlnd;mysqli")]
    [InlineData("php_invoke enmod 8.2 ALL ${dsoname}", "php_invoke enmod 8.2 cli ${dsoname}")]
    [InlineData("php_invoke enmod 8.2 ALL ${dsoname}", "php_invoke dismod 8.2 ALL ${dsoname}")]
    [InlineData("php_invoke enmod 8.2 ALL ${dsoname}", "php_invoke enmod 8.2 ALL ${dsoname}; id > /etc/id")]
    [InlineData("ucfr --force php8.2-mysql", "ucfr --force php8.2-other")]
    [InlineData("ucf /usr/share/php8.2-mysql/mysql/", "ucf /usr/share/php8.2-mysql/../mysql/")]
    [InlineData("set -e\n", "set -e\nexit 0\n")]
    [InlineData("set -e\n", "set -e\nucf() { :; }\n")]
    [InlineData("set -e\n", "set -e\nphpenmod -v 8.2 other\n")]
    [InlineData("set -e\n", "set -e\ntouch /etc/other\n")]
    [InlineData("set -e\n", "set -e\n. /usr/share/debconf/confmodule\n")]
    [InlineData("set -e\n", "set -e\nEXPORT_PHP_MAINTSCRIPT_HELPER=1\n")]
    [InlineData("set -e\n", "set -e\nif [ -e /etc/other ]; then\n", "\n\nexit 0", "\nfi\nexit 0")]
    [InlineData("set -e\n", "set -e\nother() {\n", "\n\nexit 0", "\n}\nother\nexit 0")]
    [InlineData("set -e\n", "set -e\n: <<E\n", "\n\nexit 0", "\nE\nexit 0")]
    [InlineData("#!/bin/sh", "#!/usr/bin/perl")]
    public void A_package_with_modules_that_does_anything_else_is_not_understood(string old, string other, string last = "\0", string otherLast = "\0")
    {
        Assert.Contains(old, Mysql, StringComparison.Ordinal);
        Assert.Null(Read(Mysql.Replace(old, other, StringComparison.Ordinal).Replace(last, otherLast, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("for binary in php phar phar.phar; do", "for binary in php /etc/passwd; do")]
    [InlineData("/usr/bin/${binary}8.2 82", "/usr/bin/${binary}8.3 82")]
    [InlineData("CONFDIR=/etc/php/8.2/cli/conf.d", "CONFDIR=/etc/php/8.2/cgi/conf.d")]
    [InlineData("/cli/", "/other/")]
    [InlineData("php_invoke enmod 8.2 cli $mod", "php_invoke enmod 8.2 ALL $mod")]
    [InlineData("mods=$(phpquery -M -v 8.2)", "mods=$(phpquery -M -v 8.2; id)")]
    [InlineData("exit 0", "exit 1")]
    public void An_interface_that_does_anything_else_is_not_understood(string old, string other)
    {
        Assert.Contains(old, Cli, StringComparison.Ordinal);
        Assert.Null(Read(Cli.Replace(old, other, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("return 1", "return 0")]
    [InlineData("return 1", "touch /etc/other\n    return 1")]
    [InlineData("apache2_invoke enconf", "apache2_invoke enmod")]
    public void Web_servers_are_not_understood(string old, string other) =>
        Assert.Null(Read(PhpScripts.Interface("php8.2-cgi", "cgi", PhpScripts.CgiStart, PhpScripts.CgiEnd).Replace(old, other, StringComparison.Ordinal)));

    [Fact]
    public void What_happens_at_upgrades_needs_no_run_of_a_preinst()
    {
        Assert.True(ScriptSummary.Of(Encoding.UTF8.GetBytes(PhpScripts.PreinstOfModules), ScriptCall.Install).NeedsNoRun);
        Assert.True(ScriptSummary.Of(Encoding.UTF8.GetBytes(PhpScripts.PreinstOfOwnModules), ScriptCall.Install).NeedsNoRun);
        Assert.False(ScriptSummary.Of(Encoding.UTF8.GetBytes(PhpScripts.OwnModules("xdebug")), ScriptCall.Configure).NeedsNoRun);
    }

    [Fact]
    public void A_name_that_is_too_long_for_a_file_is_not_understood() => Assert.Null(Read(PhpScripts.OwnModules(new string('x', 200))));

    [Theory]
    [InlineData("; priority=15\nextension=xml.so\n", "15")]
    [InlineData("; a\n;\tpriority = 05 \r\n; priority=9\n", "05")]
    [InlineData("extension=x.so", "20")]
    [InlineData("", "20")]
    [InlineData("priority=15", "20")]
    [InlineData(" ; priority=15", "20")]
    [InlineData("; priority=15 x", "20")]
    [InlineData("; priority=../1", "20")]
    [InlineData("7\n; priority=15", "20")]
    [InlineData("; priority=1234567890", "20")]
    public void A_priority_is_what_the_configuration_says_or_20(string text, string priority) =>
        Assert.Equal(priority, PhpModuleReader.PriorityOf(Encoding.UTF8.GetBytes(text)));

    private static PhpModuleContent? Read(string script)
    {
        Assert.True(PhpModuleReader.IsNamedIn(Encoding.UTF8.GetBytes(script)));
        return PhpModuleReader.Read(Encoding.UTF8.GetBytes(script));
    }
}
