using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Veridian.Core.Hashing;

/// <summary>A BLAKE3-256 digest: 32 bytes, held inline.</summary>
/// <remarks>Source: <c>spec/names.md</c> N-6. The text form is 64 lower-case hexadecimal digits.</remarks>
public readonly struct Blake3Digest : IEquatable<Blake3Digest>, IComparable<Blake3Digest>
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    private readonly Bytes32 _bytes;

    /// <summary>Takes over exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public Blake3Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException("A digest has 32 bytes.", nameof(bytes));
        }

        bytes.CopyTo(_bytes);
    }

    /// <summary>The 32 bytes. Valid as long as the variable it is called on.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Span => _bytes;

    /// <summary>Reads 64 hexadecimal digits of either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Blake3Digest digest)
    {
        digest = default;
        Span<byte> ascii = stackalloc byte[Length * 2];
        return text.Length == ascii.Length && Ascii.FromUtf16(text, ascii, out _) == OperationStatus.Done && TryParse(ascii, out digest);
    }

    /// <summary>Reads 64 lower-case hexadecimal digits.</summary>
    public static bool TryParseExact(ReadOnlySpan<byte> text, out Blake3Digest digest)
    {
        digest = default;
        return !text.ContainsAnyInRange((byte)'A', (byte)'F') && TryParse(text, out digest);
    }

    /// <summary>Sixty-four lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(Span);

    /// <inheritdoc/>
    public bool Equals(Blake3Digest other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Blake3Digest other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => MemoryMarshal.Read<int>(Span);

    /// <summary>Orders by bytes.</summary>
    public int CompareTo(Blake3Digest other) => Span.SequenceCompareTo(other.Span);

    /// <summary>Whether both have the same bytes.</summary>
    public static bool operator ==(Blake3Digest left, Blake3Digest right) => left.Equals(right);

    /// <summary>Whether any byte differs.</summary>
    public static bool operator !=(Blake3Digest left, Blake3Digest right) => !left.Equals(right);

    private static bool TryParse(ReadOnlySpan<byte> text, out Blake3Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var isWhole = text.Length == Length * 2 && Convert.FromHexString(text, bytes, out _, out _) == OperationStatus.Done;
        digest = isWhole ? new Blake3Digest(bytes) : default;
        return isWhole;
    }

    [InlineArray(Length)]
    private struct Bytes32
    {
        private byte _first;
    }
}
