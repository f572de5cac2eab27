namespace Veridian.Testing;

/// <summary>The working copy that the tests were built from.</summary>
public static class Checkout
{
    /// <summary>The folder that holds the solution, found upwards from the test program.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>An absolute path inside the working copy.</summary>
    /// <param name="relative">With <c>/</c> between components.</param>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

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
