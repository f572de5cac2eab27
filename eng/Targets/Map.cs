using Veridian.Unit.Tests.Architecture;

namespace Veridian.Targets;

/// <summary>Keeps the drawn part of <c>docs/architecture.md</c> equal to the rule table and the project files.</summary>
internal static class Map
{
    /// <summary>Rewrites the part between the two markers.</summary>
    public static int Run()
    {
        var file = Path.Combine(Tool.Root, "docs", "architecture.md");
        var (before, after) = (File.ReadAllText(file), ArchitectureMap.Replace(File.ReadAllText(file), Tool.Root));
        if (before != after)
        {
            File.WriteAllText(file, after);
        }

        Console.WriteLine(before == after ? "docs/architecture.md is up to date." : "docs/architecture.md is rewritten: read the diff.");
        return 0;
    }
}
