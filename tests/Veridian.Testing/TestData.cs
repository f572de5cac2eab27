namespace Veridian.Testing;

/// <summary>
/// Test data that is too big for the working copy: signed Debian indexes, public conformance suites.
/// Tests that need it carry <see cref="NeedsFactAttribute"/> with <see cref="Needs.TestData"/>.
/// </summary>
public static class TestData
{
    /// <summary>The environment variable that names the folder; the default is <c>../shared/testdata</c> beside the working copy.</summary>
    public const string Variable = "VERIDIAN_TESTDATA";

    /// <summary>The folder, or null where there is none.</summary>
    public static string? Root { get; } = Find();

    /// <summary>Why nothing of it can be used; null where it can.</summary>
    public static string? MissingReason => Root is null ? $"no test data: set {Variable}" : null;

    /// <summary>An absolute path inside the folder.</summary>
    /// <param name="relative">With <c>/</c> between components, such as <c>blake3/test_vectors.json</c>.</param>
    /// <exception cref="InvalidOperationException">There is no test data; the test lacks its <see cref="NeedsFactAttribute"/>.</exception>
    public static string PathOf(string relative) =>
        Path.Combine(Root ?? throw new InvalidOperationException(MissingReason), relative);

    private static string? Find()
    {
        var folder = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set
            ? set
            : Path.Combine(Checkout.Root, "..", "shared", "testdata");
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }
}
