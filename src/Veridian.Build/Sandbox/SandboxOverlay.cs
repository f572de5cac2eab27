namespace Veridian.Build.Sandbox;

/// <summary>A root whose lower folders stay as they are: what a command writes lands in a folder of its own.</summary>
/// <param name="Lower">Absolute paths of the folders it is made of, the uppermost first, 400 at most; none is ever written to.</param>
/// <param name="Folder">
/// Absolute path of an existing folder of the caller's, on a file system that can hold the upper part of an overlay.
/// It keeps what commands wrote from one command to the next.
/// </param>
/// <remarks>Source: <c>spec/sandbox.md</c> B-9.</remarks>
public sealed record SandboxOverlay(IReadOnlyList<string> Lower, string Folder)
{
    internal const string UpperName = "upper";
    internal const string WorkName = "work";
    internal const string RootName = "root";
    internal const string FilterName = "filter";

    /// <summary>Absolute path of the folder with everything that differs from the lower folders; a removed name is a character device 0:0.</summary>
    public string Upper => $"{Folder}/{UpperName}";

    /// <summary>The name of a link to a lower folder: mount options have no room for paths, and no way to write all of them.</summary>
    internal static string LinkName(int index) => index.ToString("x", System.Globalization.CultureInfo.InvariantCulture);
}
