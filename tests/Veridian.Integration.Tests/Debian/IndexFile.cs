namespace Veridian.Integration.Tests.Debian;

/// <summary>Index files of a real distribution, kept beside the repository.</summary>
internal static class IndexFile
{
    /// <summary>The file's path, or null after printing why the test is skipped.</summary>
    internal static string? Find(string relative)
    {
        var folder = Environment.GetEnvironmentVariable("VERIDIAN_TESTDATA") ?? Path.Combine(Root(), "..", "shared", "testdata");
        var path = Path.Combine(folder, relative);
        if (File.Exists(path))
        {
            return path;
        }

        Console.WriteLine($"skipped: {path} is missing; set VERIDIAN_TESTDATA");
        return null;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder.Parent is not null && !File.Exists(Path.Combine(folder.FullName, "Veridian.Store.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
