using System.Runtime.CompilerServices;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Units;
using Veridian.Posix;
using Veridian.Store.Manifests;
using Veridian.Store.Trees;

namespace Veridian.Store.Verifying;

/// <summary>
/// Has the code of a verification compiled on another core while the command line is still being read: it describes a made-up
/// object, reads that again and hashes some bytes in memory, so that the real files find everything compiled.
/// </summary>
public static class VerifyCompilation
{
    private const int EnoughForEveryKernel = 129 << 10; // a whole subtree, whose layers grow narrower, and one chunk alone

    /// <summary>Begins; returns at once.</summary>
    public static void Begin() => EarlyCompilation.Begin(Compile);

    // The order is that of use; the kernels are much of the work, and not needed before the first file is read.
    internal static void Compile()
    {
        EarlyCompilation.SmallFileReads();
        var control = ControlData.Read(ControlData.Empty.Write(), "");
        TreeEntry[] entries =
        [
            TreeEntry.Directory(RelativePath.Of("a")),
            TreeEntry.File(RelativePath.Of("a/b"), executable: false, Blake3.Hash([]), 0),
            TreeEntry.SymbolicLink(RelativePath.Of("c"), "d"),
        ];
        var manifest = new ObjectManifest
        {
            Identity = new ObjectIdentity("a", "1", "all", TreeDigest.Of(entries), control.Digest),
            Files = 1,
            Bytes = new ByteCount(0),
            Origin = Origin.Unknown,
            Entries = entries,
        };
        _ = ObjectManifest.Read(manifest.Write(), "").Path;
        RuntimeHelpers.PrepareDelegate(new TreeComparison("", [], []).Compare);
        RuntimeHelpers.PrepareDelegate(Entries.List);
        var hasher = Blake3Hasher.New(Blake3Kernel.Avx512);
        hasher.Update(new byte[EnoughForEveryKernel]);
        _ = hasher.Finish();
        new ContentReader().Check([], [], CancellationToken.None);
    }
}
