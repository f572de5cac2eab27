namespace Veridian.Debian.Archive;

/// <summary>What one .deb may cost. The caller takes the numbers from the signed index.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-9.</remarks>
public sealed record DebLimits
{
    /// <summary>Bytes of all regular files together.</summary>
    public required long MaxTotalBytes { get; init; }

    /// <summary>Bytes of one regular file.</summary>
    public required long MaxFileBytes { get; init; }

    /// <summary>Entries of the data archive.</summary>
    public int MaxEntries { get; init; } = 1_000_000;

    /// <summary>Bytes of one control member, such as <c>md5sums</c>.</summary>
    public int MaxControlMemberBytes { get; init; } = 16 << 20;

    /// <summary>Bytes of all control members together.</summary>
    public int MaxControlBytes { get; init; } = 32 << 20;

    /// <summary>Members of the control archive.</summary>
    public int MaxControlMembers { get; init; } = 1000;

    /// <summary>Memory of one decoder, in bytes.</summary>
    public long MaxMemoryBytes { get; init; } = 512L << 20;

    /// <summary>Limits that a package with this installed size, in bytes, keeps: stated sizes are estimates, so twice that and 64 MiB.</summary>
    public static DebLimits ForInstalledBytes(long installedBytes)
    {
        var most = Math.Clamp(installedBytes, 0, 1L << 50) * 2 + (64L << 20);
        return new DebLimits { MaxTotalBytes = most, MaxFileBytes = most };
    }
}
