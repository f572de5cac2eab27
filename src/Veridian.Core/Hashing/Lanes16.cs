using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Veridian.Core.Hashing;

/// <summary>Sixteen lanes with AVX-512.</summary>
internal readonly unsafe struct Lanes16(Vector512<uint> value) : ILanes<Lanes16>
{
    private readonly Vector512<uint> _value = value;

    // IsHardwareAccelerated is false on processors that slow down with such wide vectors.
    public static bool IsSupported => Avx512F.IsSupported && Vector512.IsHardwareAccelerated;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Broadcast(uint value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Load(uint* values) => new(Vector512.Load(values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(uint* values) => _value.Store(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator +(Lanes16 left, Lanes16 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator ^(Lanes16 left, Lanes16 right) => new(left._value ^ right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes16 RotateRight16() => new(Avx512F.RotateRight(_value, 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes16 RotateRight12() => new(Avx512F.RotateRight(_value, 12));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes16 RotateRight8() => new(Avx512F.RotateRight(_value, 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes16 RotateRight7() => new(Avx512F.RotateRight(_value, 7));

    // Each 128-bit quarter takes four words of one input, so that unpacking within quarters already puts the inputs in order.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadMessage(byte* blocks, nint stride, Lanes16* message)
    {
        for (var i = 0; i < 4; i++, blocks += 16, message += 4)
        {
            var (a, b) = (Rows(blocks, stride), Rows(blocks + stride, stride));
            var (c, d) = (Rows(blocks + 2 * stride, stride), Rows(blocks + 3 * stride, stride));
            var (abLow, abHigh) = (Avx512F.UnpackLow(a, b).AsUInt64(), Avx512F.UnpackHigh(a, b).AsUInt64());
            var (cdLow, cdHigh) = (Avx512F.UnpackLow(c, d).AsUInt64(), Avx512F.UnpackHigh(c, d).AsUInt64());
            message[0] = new(Avx512F.UnpackLow(abLow, cdLow).AsUInt32());
            message[1] = new(Avx512F.UnpackHigh(abLow, cdLow).AsUInt32());
            message[2] = new(Avx512F.UnpackLow(abHigh, cdHigh).AsUInt32());
            message[3] = new(Avx512F.UnpackHigh(abHigh, cdHigh).AsUInt32());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Rows(byte* at, nint stride) => Vector512.Create(
        Vector256.Create(Vector128.Load((uint*)at), Vector128.Load((uint*)(at + 4 * stride))),
        Vector256.Create(Vector128.Load((uint*)(at + 8 * stride)), Vector128.Load((uint*)(at + 12 * stride))));
}
