namespace Veridian.Unit.Tests.Formats.Toml;

/// <summary>The folder that holds the solution, where specs and vectors stand.</summary>
internal static class RepositoryRoot
{
    public static string Path(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Veridian.Store.sln")))
        {
            folder = folder.Parent;
        }

        return System.IO.Path.Combine([folder?.FullName ?? throw new InvalidOperationException("no solution above the tests"), .. parts]);
    }
}
