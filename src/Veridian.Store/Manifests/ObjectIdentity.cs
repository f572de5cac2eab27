using System.Buffers.Binary;
using System.Text;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;

namespace Veridian.Store.Manifests;

/// <summary>What makes two objects the same object.</summary>
/// <remarks>Source: <c>store-format/store-path/README.md</c> SP-5.</remarks>
/// <param name="Name">A package name (N-1).</param>
/// <param name="Version">The version text as the repository gives it.</param>
/// <param name="Architecture">The architecture word, such as <c>amd64</c> or <c>all</c>.</param>
/// <param name="Tree">Root digest of the file tree.</param>
/// <param name="Control">Digest of the control data.</param>
public sealed record ObjectIdentity(string Name, string Version, string Architecture, Blake3Digest Tree, Blake3Digest Control)
{
    /// <summary>The identity digest: every text with its length before it, so that no two identities share their bytes.</summary>
    public Blake3Digest Digest()
    {
        var hasher = Blake3Hasher.New();
        hasher.Update("veridian-object-1\n"u8);
        AddText(hasher, Name);
        AddText(hasher, Version);
        AddText(hasher, Architecture);
        hasher.Update(Tree.Span);
        hasher.Update(Control.Span);
        return hasher.Finish();
    }

    /// <summary>The object's name in the store.</summary>
    public StorePath ToStorePath() => StorePath.Create(Digest(), Name, Version);

    private static void AddText(Blake3Hasher hasher, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hasher.Update(length);
        hasher.Update(bytes);
    }
}
