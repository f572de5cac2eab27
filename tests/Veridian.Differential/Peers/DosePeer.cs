namespace Veridian.Differential.Peers;

/// <summary>dose-debcheck's verdicts.</summary>
internal static class DosePeer
{
    /// <summary>The packages it calls broken, as <c>name version</c>.</summary>
    public static HashSet<string> Broken(IReadOnlyList<string> files)
    {
        var (_, report) = Peer.Run(TimeSpan.FromMinutes(20), "dose-debcheck", ["-f", .. files]) ?? throw new InvalidOperationException("dose-debcheck took too long.");
        var (broken, name, version) = (new HashSet<string>(), "", "");
        foreach (var line in report.Split('\n').Select(line => line.Trim()))
        {
            name = line.StartsWith("package: ", StringComparison.Ordinal) ? line[9..] : name;
            version = line.StartsWith("version: ", StringComparison.Ordinal) ? line[9..] : version;
            if (line == "status: broken")
            {
                broken.Add($"{name} {version}");
            }
        }

        return broken;
    }
}
