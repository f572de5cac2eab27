namespace Veridian.Core.Hashing;

/// <summary>The widest code that a hasher may use. All give the same digests.</summary>
public enum Blake3Kernel
{
    /// <summary>One block at a time, on any processor.</summary>
    Single = 0,

    /// <summary>Eight chunks at a time.</summary>
    Avx2 = 1,

    /// <summary>Sixteen chunks at a time.</summary>
    Avx512 = 2,
}
