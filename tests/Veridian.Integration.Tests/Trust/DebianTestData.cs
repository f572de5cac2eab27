namespace Veridian.Integration.Tests.Trust;

/// <summary>Signed files of the real archive; tests that lack them print why and end.</summary>
internal static class DebianTestData
{
    public const string Keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

    public static byte[]? InRelease(string suite) => Read(Path.Combine(Folder(), "debian", suite, "InRelease"));

    public static byte[]? ArchiveKeyring() => Read(Keyring);

    private static byte[]? Read(string path)
    {
        if (File.Exists(path))
        {
            return File.ReadAllBytes(path);
        }

        Console.WriteLine($"skipped: '{path}' is not there");
        return null;
    }

    public static string Folder()
    {
        if (Environment.GetEnvironmentVariable("VERIDIAN_TESTDATA") is { Length: > 0 } folder)
        {
            return folder;
        }

        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Veridian.Store.sln")))
        {
            root = root.Parent;
        }

        return Path.Combine(root?.FullName ?? ".", "..", "shared", "testdata");
    }
}
