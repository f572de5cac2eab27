using System.Text;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Planning;
using Veridian.Formats.Profile;
using Veridian.Unit.Tests.Debian.MaintainerScripts;

namespace Veridian.Unit.Tests.Environments;

public sealed class PhpModulesTests
{
    private static TestPackage Common => new TestPackage("php-common").File("usr/lib/php/php-maintscript-helper").Script("postinst", PhpScripts.Common);

    private static TestPackage Cli => new TestPackage("php8.2-cli").File("usr/lib/php/8.2/sapi/cli").File("etc/php/8.2/cli/conf.d/.keep").File("usr/lib/php/8.2/php.ini-production.cli", "ini")
        .File("usr/bin/php8.2").Script("postinst", PhpScripts.Interface("php8.2-cli", "cli", PhpScripts.Offers)).Script("triggers", "interest-noawait /etc/php/8.2/cli/conf.d\n");

    private static TestPackage Gd => new TestPackage("php8.2-gd").File("usr/share/php8.2-gd/gd/gd.ini", "gd").Script("postinst", PhpScripts.Modules("php8.2-gd", "gd", "gd"))
        .Script("preinst", PhpScripts.PreinstOfModules).Script("triggers", "activate-noawait /etc/php/8.2/cli/conf.d\n");

    private static TestPackage Xdebug => new TestPackage("php8.2-xdebug").File("etc/php/8.2/mods-available/xdebug.ini", "xdebug").Script("postinst", PhpScripts.OwnModules("xdebug"))
        .Script("preinst", PhpScripts.PreinstOfOwnModules);

    [Fact]
    public void No_script_is_left_to_run()
    {
        var plan = TestPackage.Plan(Common, Cli, Gd, Xdebug);
        Assert.All(plan.Records, record => Assert.Empty(record.Skipped));
        Assert.Equal([[], ["alternatives", "php-modules"], ["php-modules"], ["php-modules"]], plan.Records.Select(record => record.Applied));
        Assert.Equal("/usr/bin/php8.2", plan.Root.FileAt("etc/alternatives/php")!.Value.Entry.Target);
    }

    [Fact]
    public void Scripts_see_nothing_of_it() => Assert.Equal([".keep"], TestPackage.Plan(Common, Cli, Gd, Xdebug).Root.Find("etc/php/8.2/cli/conf.d")!.Files.Keys);

    [Fact]
    public void Every_module_is_enabled_for_every_interface()
    {
        var plan = Built("; priority=15\n", Common, Cli, Gd, Xdebug);
        Assert.Equal("/etc/php/8.2/mods-available/gd.ini", plan.Root.FileAt("etc/php/8.2/cli/conf.d/15-gd.ini")!.Value.Entry.Target);
        Assert.Equal("/etc/php/8.2/mods-available/xdebug.ini", plan.Root.FileAt("etc/php/8.2/cli/conf.d/15-xdebug.ini")!.Value.Entry.Target);
        Assert.Equal(["gd", "xdebug"], plan.Root.Find("var/lib/php/modules/8.2/registry")!.Files.Keys.Order());
        Assert.Equal(["gd", "xdebug"], plan.Root.Find("var/lib/php/modules/8.2/cli/enabled_by_maint")!.Files.Keys.Order());
    }

    [Fact]
    public void Copies_are_files_of_their_packages()
    {
        var plan = Built("", Common, Cli, Gd);
        var copy = plan.Root.FileAt("etc/php/8.2/mods-available/gd.ini")!.Value;
        Assert.Equal(("php8.2-gd", "usr/share/php8.2-gd/gd/gd.ini"), (plan.Packages[copy.Owner].Name, copy.Entry.Path.Text));
        Assert.Equal("usr/lib/php/8.2/php.ini-production.cli", plan.Root.FileAt("etc/php/8.2/cli/php.ini")!.Value.Entry.Path.Text);
    }

    [Fact]
    public void What_a_package_brings_stays()
    {
        var plan = Built("", Common, Cli, Gd, new TestPackage("site").File("etc/php/8.2/cli/conf.d/20-gd.ini", "own").File("etc/php/8.2/mods-available/gd.ini", "own"));
        Assert.True(plan.Root.FileAt("etc/php/8.2/cli/conf.d/20-gd.ini")!.Value.Entry.IsFile);
        Assert.Equal("etc/php/8.2/mods-available/gd.ini", plan.Root.FileAt("etc/php/8.2/mods-available/gd.ini")!.Value.Entry.Path.Text);
    }

    [Theory]
    [InlineData("postinst", "#!/bin/sh\nphpenmod \"$@\"\n")]
    [InlineData("postinst", "#!/bin/sh\n/usr/bin/php /usr/share/site/setup\n")]
    [InlineData("preinst", "#!/bin/sh\nphpdismod gd\n")]
    [InlineData("triggers", "interest-noawait /etc/php/8.2/cli/conf.d\n")]
    public void Where_one_package_does_not_tell_the_scripts_of_all_run(string name, string text)
    {
        var plan = TestPackage.Plan(Common, Cli, Gd, new TestPackage("site").Script(name, text));
        Assert.Null(plan.PhpModules);
        Assert.Equal(["php-common", "php8.2-cli", "php8.2-gd"], plan.Records.Where(record => record.Skipped.Any(script => script.Name == "postinst")).Select(record => record.Package).Where(package => package != "site"));
    }

    [Fact]
    public void What_a_profile_leaves_out_is_neither_done_nor_asked()
    {
        TestPackage[] packages = [Common, Cli, Gd, new TestPackage("site").Script("postinst", "#!/bin/sh\nphpenmod other\n")];
        var plan = TestPackage.Plan(new EnvironmentRequest { Packages = [.. packages.Select(package => package.Package)], Scripts = ScriptPolicy.Run, WithoutEffects = ["site", "php8.2-gd"] }, packages);
        Assert.Equal(["php-common", "php8.2-cli"], plan.PhpModules!.Keys.Order());
    }

    private static EnvironmentPlan Built(string configuration, params TestPackage[] packages)
    {
        var plan = TestPackage.Plan(packages);
        PhpModules.AddTo(plan.Root, [.. plan.PhpModules!.Values], (path, _) => plan.Root.FileAt(path) is null ? null : Encoding.UTF8.GetBytes(configuration));
        return plan;
    }
}
