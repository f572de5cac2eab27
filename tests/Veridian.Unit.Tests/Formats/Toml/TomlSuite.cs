namespace Veridian.Unit.Tests.Formats.Toml;

/// <summary>Finds the files of the conformance suite.</summary>
internal static class TomlSuite
{
    /// <summary>The files of one half, <c>valid</c> or <c>invalid</c>; none when the test data is not on this machine.</summary>
    public static IReadOnlyList<string> Files(string half)
    {
        var data = Environment.GetEnvironmentVariable("VERIDIAN_TESTDATA") ?? RepositoryRoot.Path("..", "shared", "testdata");
        data = Path.Combine(data, "toml", half);
        return Directory.Exists(data)
            ? [.. Directory.EnumerateFiles(data, "*.toml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [];
    }
}
