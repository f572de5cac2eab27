using System.Runtime.CompilerServices;
using Xunit;

namespace Veridian.Testing;

/// <summary>Text that people read, compared with a file that people have read.</summary>
/// <remarks>The files lie in a folder <c>Golden</c> beside the test. <c>./build accept</c> rewrites them; then read the diff.</remarks>
public static class Golden
{
    /// <summary>Fails unless <paramref name="actual"/> is exactly what the golden file holds.</summary>
    /// <param name="name">The file's name, such as <c>plan-of-a-first-install.txt</c>.</param>
    /// <param name="actual">The text, with machine paths, times and sizes that vary already replaced by the caller.</param>
    /// <param name="testFile">Filled in by the compiler.</param>
    public static void Matches(string name, string actual, [CallerFilePath] string testFile = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(testFile)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("VERIDIAN_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return;
        }

        Assert.True(File.Exists(file), $"There is no {file}: run './build accept', then read it.\n{actual}");
        Assert.Equal(File.ReadAllText(file), actual);
    }

    /// <summary>Fails unless <paramref name="actual"/> is exactly what a vector of <c>store-format/</c> holds.</summary>
    /// <remarks><c>./build vectors</c> writes them again: only for a format that has not shipped yet.</remarks>
    /// <param name="path">Inside <c>store-format/</c>, such as <c>manifest/vectors/ok/empty-tree.json</c>.</param>
    /// <param name="actual">Made from fixed values: no clock, no randomness.</param>
    public static void MatchesVector(string path, ReadOnlySpan<byte> actual)
    {
        var file = Checkout.PathOf("store-format/" + path);
        if (Environment.GetEnvironmentVariable("VERIDIAN_VECTORS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, actual);
            return;
        }

        Assert.True(File.Exists(file), $"There is no {file}: run './build vectors', then look at it.");
        Assert.Equal(File.ReadAllBytes(file), actual.ToArray());
    }
}
