namespace Veridian.Engine.Environments.Composing;

/// <summary>How one directory is laid over another: the options of an overlay of two lower parts.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-26. The kernel takes options as one text of at most a page, in which three characters mean something.</remarks>
public static class LayerOptions
{
    private const int LongestPath = 1500;

    /// <summary>Whether a path can stand in the options.</summary>
    public static bool CanName(string path) => path.Length <= LongestPath && path.AsSpan().IndexOfAny(',', ':', '\\') < 0;

    /// <summary>The options.</summary>
    /// <param name="upper">Absolute path of the directory that is looked into first.</param>
    /// <param name="lower">Absolute path of the other one.</param>
    public static string For(string upper, string lower) => $"lowerdir={upper}:{lower}";
}
