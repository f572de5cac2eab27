using System.Diagnostics;

namespace Veridian.Testing;

/// <summary>A fresh folder that is gone afterwards, whatever modes were set inside.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        Path = Directory.CreateTempSubdirectory("veridian-test-").FullName;
    }

    public string Path { get; }

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        foreach (var (program, arguments) in new[] { ("chmod", new[] { "-R", "u+rwX", Path }), ("rm", ["-rf", Path]) })
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
            process?.WaitForExit();
        }
    }
}
