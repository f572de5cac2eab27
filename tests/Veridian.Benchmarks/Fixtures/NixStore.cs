using Veridian.Benchmarks.Measuring;

namespace Veridian.Benchmarks.Fixtures;

/// <summary>A store of Nix in a folder of its own, without a daemon.</summary>
/// <param name="folder">Absolute path.</param>
internal sealed class NixStore(string folder)
{
    /// <summary>Runs <c>nix-store</c> on it.</summary>
    public Command Command(params IReadOnlyList<string> arguments) => new("nix-store", arguments)
    {
        Environment = new Dictionary<string, string>
        {
            ["NIX_REMOTE"] = "local",
            ["NIX_STORE_DIR"] = folder + "/store",
            ["NIX_STATE_DIR"] = folder + "/var",
            ["NIX_LOG_DIR"] = folder + "/log",
            ["NIX_CONF_DIR"] = folder + "/conf",
            ["HOME"] = folder,
        },
    };

    /// <summary>Writes its configuration into the folder, which is fresh.</summary>
    public void Configure()
    {
        var conf = Directory.CreateDirectory(Path.Combine(folder, "conf"));
        File.WriteAllText(Path.Combine(conf.FullName, "nix.conf"), "build-users-group =\n");
    }
}
