using Veridian.Core.Paths;
using Veridian.Engine.Environments.Planning;
using Veridian.Store.Manifests;
using Veridian.Store.Transactions;

namespace Veridian.Integration.Tests.Environments;

/// <summary>The host's own programs with the libraries that they load, as a package: an environment to look around in, without a mirror.</summary>
internal static class HostPrograms
{
    /// <summary>Stages the package.</summary>
    /// <param name="transaction">Where.</param>
    /// <param name="programs">Absolute paths.</param>
    public static EnvironmentPackage Stage(StoreTransaction transaction, params string[] programs)
    {
        var (_, libraries, _) = DebianEnvironment.Execute("/bin/sh", ["-c", "ldd \"$@\" | grep -o '/[^ :]*'", "sh", .. programs]);
        using var writer = transaction.Stage("programs", "1", "all");
        foreach (var path in libraries.Split('\n', StringSplitOptions.RemoveEmptyEntries).Concat(programs).Select(Merged).Distinct())
        {
            using var content = File.OpenRead(path);
            writer.File(RelativePath.Of(path[1..]), executable: true, content.Length, content);
        }

        return new EnvironmentPackage { Name = "programs", Version = "1", Object = writer.Complete(ControlData.Empty, Origin.Unknown).Path };
    }

    private static string Merged(string path) => path.StartsWith("/usr/", StringComparison.Ordinal) ? path : "/usr" + path;
}
