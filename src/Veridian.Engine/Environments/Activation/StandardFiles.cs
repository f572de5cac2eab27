using System.Text;

namespace Veridian.Engine.Environments.Activation;

/// <summary>The files of <c>etc</c> that every environment has, whatever its packages bring.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-13, E-14.</remarks>
public static class StandardFiles
{
    /// <summary>Where a generation's own files are seen inside.</summary>
    public const string GenerationFolder = "/run/vpkg";

    /// <summary>Accounts where base-passwd is not in the environment.</summary>
    public const string MinimalPasswd = "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n";

    /// <summary>Groups where base-passwd is not in the environment.</summary>
    public const string MinimalGroup = "root:x:0:\nnogroup:x:65534:\n";

    /// <summary>How names are looked up: in files, hosts also by DNS.</summary>
    public const string NameServices = """
        passwd:    files
        group:     files
        shadow:    files
        hosts:     files dns
        networks:  files
        protocols: files
        services:  files
        ethers:    files
        rpc:       files

        """;

    /// <summary>Files of the host that lie over the environment's at run time, where the host has them.</summary>
    public static IReadOnlyList<string> FromHost { get; } = ["hostname", "hosts", "localtime", "resolv.conf"];

    /// <summary>Links to files that each generation has of its own.</summary>
    public static IReadOnlyList<string> FromGeneration { get; } = ["group", "machine-id", "passwd"];

    /// <summary>Turns a master list of base-passwd into a file: no account has a password, none is asked for one.</summary>
    public static string FromMaster(string master)
    {
        var text = new StringBuilder();
        foreach (var line in master.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Split(':');
            if (fields.Length >= 4)
            {
                fields[1] = "x";
                text.AppendJoin(':', fields).Append('\n');
            }
        }

        return text.ToString();
    }
}
