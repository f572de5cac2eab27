using Veridian.Engine.Applying;
using Veridian.Engine.Environments.Activation;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Engine;

/// <summary>Which scripts a plan says will run, <c>spec/cli.md</c> CL-37, is what runs, also where that depends on packages that stay.</summary>
public sealed class ScriptForecastTests
{
    private const string Extension = """
        #!/bin/sh
        set -e
        # Automatically added by dh_php/0.55
        if [ -e /usr/lib/php/php-maintscript-helper ] ; then
        . /usr/lib/php/php-maintscript-helper
        for version in 8.2 ; do
        for name in demo; do
        php_invoke enmod "$version" ALL "$name" || exit 1
        done
        done
        else
        for name in demo; do
        phpenmod "$name"
        done
        fi
        # End automatically added section

        """;

    [NeedsTheory(Needs.Bubblewrap)]
    [InlineData("system = \"*\"\nhelper = \"*\"")]
    [InlineData("system = \"*\"\nhelper = \"*\"\nodd = \"*\"")]
    public async Task An_extension_of_php_has_a_script_that_runs_only_beside_one_that_is_not_understood(string others)
    {
        using var project = new Project();
        project.Repository.Add(
            HostSystem.Package(), new TinyPackage("helper", "1").File("usr/lib/php/php-maintscript-helper", "php_invoke() { :; }\n"),
            new TinyPackage("odd", "1").File("usr/share/doc/odd/readme", "odd\n").Member("postinst", "#!/bin/sh\nphpquery -V || :\n"),
            new TinyPackage("extension", "1").Field("Depends", "helper").File("usr/share/doc/extension/readme", "extension\n").Member("postinst", Extension)).Publish();
        await project.Write(others + "\nextension = \"*\"").ApplyAsync();
        var ran = ActivationRecordText.Read(File.ReadAllText(project.EnvironmentFolder() + "/activation/record")).Where(record => record.Package == "extension" && record.Ran.Count > 0).Select(record => record.Package);
        await project.Write(others).ApplyAsync();

        project.Write(others + "\nextension = \"*\"");
        using var session = ApplySession.Begin(project.Workspace(), CancellationToken.None);
        var plan = await session.PlanAsync(new ApplyRequest { Command = "plan" }, CancellationToken.None);
        Assert.Equal(ran, plan.ScriptsToRun.Run);
        Assert.Equal(others.Contains("odd", StringComparison.Ordinal), ran.Any());
    }
}
