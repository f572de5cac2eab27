using Veridian.Build.Sandbox;
using Veridian.Core.Errors;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Runs one maintainer script as the owner of a tree, in the sandbox.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-5.</remarks>
internal sealed class ScriptRunner(ISandbox sandbox, ScriptSettings settings)
{
    private const int LogLines = 15;

    /// <summary>1 January 2000: what tools take for the present where they ask for it.</summary>
    private const string Moment = "946684800";

    /// <summary>Runs a script to its end.</summary>
    /// <param name="overlay">The tree.</param>
    /// <param name="package">Whose script it is.</param>
    /// <param name="step">Which script, and how it is called.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <returns>What it wrote, standard output before standard error.</returns>
    /// <exception cref="BuildFailedException"><see cref="ErrorCodes.ScriptFailed"/> or <see cref="ErrorCodes.ScriptOverLimit"/>.</exception>
    public async Task<string> RunAsync(SandboxOverlay overlay, PackageControl package, ScriptStep step, CancellationToken cancellationToken)
    {
        settings.Begins($"{package.Package.Name} {step.Title}");
        var result = await sandbox.RunAsync(
            new SandboxCommand
            {
                Arguments = step.Command(package),
                Root = [new SandboxMount.Processes(), new SandboxMount.Devices()],
                Overlay = overlay,
                Variables = Variables(package, step.Title),
                Limits = settings.Limits,
            },
            cancellationToken);
        var log = result.Output.Text + result.Error.Text;
        if (result.TimedOut || result.Exceeded is not null)
        {
            throw Failure(ErrorCodes.ScriptOverLimit, package, step.Title, result.Exceeded ?? $"did not end within {settings.Limits.Timeout.TotalSeconds:F0} s", log);
        }

        return result.ExitCode == 0 ? log : throw Failure(ErrorCodes.ScriptFailed, package, step.Title, $"ended with {result.ExitCode}", log);
    }

    private static Dictionary<string, string> Variables(PackageControl package, string script) => new()
    {
        ["DEBIAN_FRONTEND"] = "noninteractive",
        ["DEBCONF_NONINTERACTIVE_SEEN"] = "true",
        ["DPKG_ADMINDIR"] = "/var/lib/dpkg",
        ["DPKG_MAINTSCRIPT_ARCH"] = package.Entry?.Architecture ?? "all",
        ["DPKG_MAINTSCRIPT_NAME"] = script,
        ["DPKG_MAINTSCRIPT_PACKAGE"] = package.Package.Name,
        ["DPKG_MAINTSCRIPT_PACKAGE_REFCOUNT"] = "1",
        ["DPKG_ROOT"] = "",
        ["DPKG_RUNNING_VERSION"] = "1.21.22",
        ["HOME"] = "/root",
        ["LC_ALL"] = "C.UTF-8",
        ["LOGNAME"] = "root",
        ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        ["PYTHONDONTWRITEBYTECODE"] = "1",
        ["PYTHONHASHSEED"] = "0",
        ["PERL_HASH_SEED"] = "0",
        ["SHELL"] = "/bin/sh",
        ["SOURCE_DATE_EPOCH"] = Moment,
        ["TZ"] = "UTC",
        ["USER"] = "root",
    };

    private static BuildFailedException Failure(ErrorCode code, PackageControl package, string script, string what, string log)
    {
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var end = lines.Length == 0 ? "It said nothing." : $"The end of what it said:\n{string.Join('\n', lines.TakeLast(LogLines).Select(line => "  " + line))}";
        return new BuildFailedException(
            code, $"The {script} of {package.Package.Name} {package.Package.Version} {what}. {end}",
            $"Write 'without-scripts = [\"{package.Package.Name}\"]' in [profile] to go without the scripts of this package, or 'scripts = \"native\"' to go without any.");
    }
}
