using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Trees;
using Veridian.Engine.Maintaining;
using Veridian.Store.Trees;

namespace Veridian.Conformance.Questions;

/// <summary>The tree digest of a folder.</summary>
/// <remarks>Source: <c>spec/conformance-cli.md</c> CC-8.</remarks>
internal static class FolderDigest
{
    public static int Run(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new BadQuestionException($"There is no folder '{folder}'.");
        }

        var entries = new EntrySink();
        FolderTree.Walk(Path.GetFullPath(folder), entries, CancellationToken.None);
        Console.Out.WriteLine(TreeDigest.Of(entries.All));
        return Answer.Yes;
    }

    /// <summary>Keeps what a tree consists of, and none of its bytes.</summary>
    private sealed class EntrySink : ITreeSink
    {
        private readonly byte[] _buffer = new byte[1 << 20];

        public List<TreeEntry> All { get; } = [];

        public void Directory(RelativePath path) => All.Add(TreeEntry.Directory(path));

        public void File(RelativePath path, bool executable, long length, Stream content)
        {
            var hasher = Blake3Hasher.New();
            for (int read; (read = content.Read(_buffer)) > 0;)
            {
                hasher.Update(_buffer.AsSpan(0, read));
            }

            All.Add(TreeEntry.File(path, executable, hasher.Finish(), length));
        }

        public void SymbolicLink(RelativePath path, string target) => All.Add(TreeEntry.SymbolicLink(path, target));

        public void HardLink(RelativePath path, RelativePath target) => throw new NotSupportedException("A folder names files, not links to them.");
    }
}
