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
}
