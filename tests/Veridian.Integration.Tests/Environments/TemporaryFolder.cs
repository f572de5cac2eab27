using System.Diagnostics;

namespace Veridian.Integration.Tests.Environments;

/// <summary>A folder that vanishes with the test, whatever modes its content has.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("veridian-environments-").FullName;

    public void Dispose()
    {
        foreach (var command in (string[])["chmod -R u+w", "rm -rf"])
        {
            using var process = Process.Start("/bin/sh", ["-c", $"{command} \"$0\"", Path]);
            process.WaitForExit();
        }
    }
}
