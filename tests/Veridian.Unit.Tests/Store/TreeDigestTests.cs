using System.Buffers.Binary;
using System.Text;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Store.Trees;

namespace Veridian.Unit.Tests.Store;

public sealed class TreeDigestTests
{
    private static readonly Blake3Digest Content = Blake3.Hash("content"u8);

    /// <summary>The bytes of TR-3 to TR-5 put together by hand.</summary>
    [Fact]
    public void The_digest_is_over_the_bytes_that_the_format_states()
    {
        var inner = Blake3.Hash(Join("veridian-tree-1\n", "x", Text("jq"), Content.Span.ToArray()));
        var root = Blake3.Hash(Join("veridian-tree-1\n", "d", Text("bin"), inner.Span.ToArray(), "l", Text("sbin"), Text("bin")));

        Assert.Equal(root, TreeDigest.Of(
        [
            TreeEntry.SymbolicLink(RelativePath.Of("sbin"), "bin"),
            TreeEntry.File(RelativePath.Of("bin/jq"), executable: true, Content, 7),
            TreeEntry.Directory(RelativePath.Of("bin")),
        ]));
    }

    [Fact]
    public void Everything_that_counts_changes_the_digest()
    {
        TreeEntry[][] trees =
        [
            [],
            [TreeEntry.Directory(RelativePath.Of("a"))],
            [TreeEntry.File(RelativePath.Of("a"), false, Content, 7)],
            [TreeEntry.File(RelativePath.Of("a"), true, Content, 7)],
            [TreeEntry.File(RelativePath.Of("b"), false, Content, 7)],
            [TreeEntry.File(RelativePath.Of("a"), false, Blake3.Hash("other"u8), 7)],
            [TreeEntry.SymbolicLink(RelativePath.Of("a"), "b")],
            [TreeEntry.SymbolicLink(RelativePath.Of("a"), "c")],
            [TreeEntry.Directory(RelativePath.Of("a")), TreeEntry.Directory(RelativePath.Of("a/b"))],
            [TreeEntry.Directory(RelativePath.Of("a")), TreeEntry.Directory(RelativePath.Of("b"))],
        ];

        Assert.Equal(trees.Length, trees.Select(TreeDigest.Of).Distinct().Count());
    }

    [Fact]
    public void A_missing_parent_or_a_path_twice_is_our_own_mistake()
    {
        var file = TreeEntry.File(RelativePath.Of("a/b"), false, Content, 7);
        var directory = TreeEntry.Directory(RelativePath.Of("a"));

        Assert.Throws<ArgumentException>(() => TreeDigest.Of([file]));
        Assert.Throws<ArgumentException>(() => TreeDigest.Of([directory, directory]));
        Assert.Throws<ArgumentException>(() => TreeDigest.Of([directory, file, file]));
    }

    private static byte[] Text(string text)
    {
        var bytes = new byte[4 + Encoding.UTF8.GetByteCount(text)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - 4);
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(4));
        return bytes;
    }

    private static byte[] Join(params object[] parts) =>
        [.. parts.SelectMany(p => p as byte[] ?? Encoding.UTF8.GetBytes((string)p))];
}
