namespace Veridian.Testing;

/// <summary>The working copy that the tests were built from.</summary>
public static class Checkout
{
    /// <summary>The folder that holds the solution, found upwards from the test program.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>An absolute path inside the working copy.</summary>
    /// <param name="relative">With <c>/</c> between components.</param>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>The words that start the program as people run it; every Release build of it makes it anew.</summary>
    /// <exception cref="InvalidOperationException">It is not built.</exception>
    public static IReadOnlyList<string> Program =>
        File.Exists(Published + ".dll") ? ["dotnet", Published + ".dll"] // no native compiler, or no linker, where it was built
        : File.Exists(Published) ? [Published]
        : throw new InvalidOperationException("The program is not built: run 'dotnet build -c Release src/Veridian.Cli'.");

    private static string Published => PathOf("artifacts/publish/Veridian.Cli/release/vpkg");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Veridian.Store.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Veridian.Store.sln above {AppContext.BaseDirectory}.");
    }
}
