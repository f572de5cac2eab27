using Veridian.Core.Paths;

namespace Veridian.Core.Trees;

/// <summary>
/// Takes a file tree entry by entry: the seam between whatever reads an archive and whatever stores a tree.
/// A parent directory comes before what is in it; a sink makes missing parents itself.
/// </summary>
public interface ITreeSink
{
    /// <summary>A directory. Naming one twice, or one that a file's parent already made, is no error.</summary>
    void Directory(RelativePath path);

    /// <summary>A regular file. Exactly <paramref name="length"/> bytes are read from <paramref name="content"/> before this returns.</summary>
    void File(RelativePath path, bool executable, long length, Stream content);

    /// <summary>A symbolic link. <paramref name="target"/> is kept as it is and never followed.</summary>
    void SymbolicLink(RelativePath path, string target);

    /// <summary>Another name for a file that came before under <paramref name="target"/>.</summary>
    void HardLink(RelativePath path, RelativePath target);
}
