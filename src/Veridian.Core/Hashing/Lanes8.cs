using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Veridian.Core.Hashing;

/// <summary>Eight lanes with AVX2.</summary>
internal readonly unsafe struct Lanes8(Vector256<uint> value) : ILanes<Lanes8>
{
    private readonly Vector256<uint> _value = value;

    // The first is false in a native program that was made for older processors, whatever it runs on: each operation would be a call.
    public static bool IsSupported => Vector256.IsHardwareAccelerated && Avx2.IsSupported;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Broadcast(uint value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Load(uint* values) => new(Vector256.Load(values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(uint* values) => _value.Store(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator +(Lanes8 left, Lanes8 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator ^(Lanes8 left, Lanes8 right) => new(left._value ^ right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes8 RotateRight16() => new(Avx2.Shuffle(_value.AsByte(), Vector256.Create(
        (byte)2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13)).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes8 RotateRight12() => new((_value >>> 12) | (_value << 20));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes8 RotateRight8() => new(Avx2.Shuffle(_value.AsByte(), Vector256.Create(
        (byte)1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12, 1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12)).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes8 RotateRight7() => new((_value >>> 7) | (_value << 25));

    // Each 128-bit half takes four words of one input, so that unpacking within halves already puts the inputs in order.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadMessage(byte* blocks, nint stride, Lanes8* message)
    {
        for (var i = 0; i < 4; i++, blocks += 16, message += 4)
        {
            var (a, b) = (Rows(blocks, stride), Rows(blocks + stride, stride));
            var (c, d) = (Rows(blocks + 2 * stride, stride), Rows(blocks + 3 * stride, stride));
            var (abLow, abHigh) = (Avx2.UnpackLow(a, b).AsUInt64(), Avx2.UnpackHigh(a, b).AsUInt64());
            var (cdLow, cdHigh) = (Avx2.UnpackLow(c, d).AsUInt64(), Avx2.UnpackHigh(c, d).AsUInt64());
            message[0] = new(Avx2.UnpackLow(abLow, cdLow).AsUInt32());
            message[1] = new(Avx2.UnpackHigh(abLow, cdLow).AsUInt32());
            message[2] = new(Avx2.UnpackLow(abHigh, cdHigh).AsUInt32());
            message[3] = new(Avx2.UnpackHigh(abHigh, cdHigh).AsUInt32());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rows(byte* at, nint stride) =>
        Vector256.Create(Vector128.Load((uint*)at), Vector128.Load((uint*)(at + 4 * stride)));
}
