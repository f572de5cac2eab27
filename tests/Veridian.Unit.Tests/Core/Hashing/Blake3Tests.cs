using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Veridian.Core.Hashing;

namespace Veridian.Unit.Tests.Core.Hashing;

/// <summary>N-6. <c>blake3_test_vectors.json</c> is the file of that name from the BLAKE3 project, which is in the public domain (CC0 1.0).</summary>
public sealed class Blake3Tests
{
    private static readonly JsonElement Vectors = ReadVectors();

    public static TheoryData<Blake3Kernel> Kernels => [Blake3Kernel.Single, Blake3Kernel.Avx2, Blake3Kernel.Avx512];

    [Theory, MemberData(nameof(Kernels))]
    public void The_published_vectors_hold_in_every_mode(Blake3Kernel kernel)
    {
        var key = Encoding.ASCII.GetBytes(Vectors.GetProperty("key").GetString()!);
        var context = Vectors.GetProperty("context_string").GetString()!;
        foreach (var vector in Vectors.GetProperty("cases").EnumerateArray())
        {
            var input = Input(vector.GetProperty("input_len").GetInt32());
            Check(Blake3Hasher.New(kernel), input, vector, "hash");
            Check(Blake3Hasher.Keyed(key, kernel), input, vector, "keyed_hash");
            Check(Blake3Hasher.DeriveKey(context, kernel), input, vector, "derive_key");
        }
    }

    [Theory, MemberData(nameof(Kernels))]
    public void A_small_input_cut_in_two_anywhere_gives_one_digest(Blake3Kernel kernel)
    {
        var hasher = Blake3Hasher.New(kernel);
        foreach (var length in (int[])[1, 64, 65, 1024, 1025, 2049])
        {
            var input = Input(length);
            var whole = Blake3.Hash(input);
            for (var cut = 0; cut <= length; cut += cut < 200 || length - cut < 80 ? 1 : 9)
            {
                hasher.Reset();
                hasher.Update(input.AsSpan(0, cut));
                hasher.Update(input.AsSpan(cut));
                Assert.Equal(whole, hasher.Finish());
            }
        }
    }

    [Theory, MemberData(nameof(Kernels))]
    public void Every_kernel_agrees_with_the_single_one_on_large_inputs_in_pieces_of_any_size(Blake3Kernel kernel)
    {
        var input = Input(300_001);
        foreach (var length in (int[])[8 * 1024, 16 * 1024 - 1, 16 * 1024, 16 * 1024 + 1, 31 * 1024, 128 * 1024, 129 * 1024 + 1, 300_001])
        {
            var expected = Blake3Hasher.New(Blake3Kernel.Single);
            expected.Update(input.AsSpan(0, length));
            foreach (var piece in (int[])[1000, 8192, 65536, length])
            {
                var hasher = Blake3Hasher.New(kernel);
                for (var at = 0; at < length; at += piece)
                {
                    hasher.Update(input.AsSpan(at, Math.Min(piece, length - at)));
                }

                Assert.True(expected.Finish() == hasher.Finish(), $"{length} bytes in pieces of {piece}");
            }
        }
    }

    [Fact]
    public void The_digest_stays_the_same_when_the_process_has_hashed_enough_for_wide_kernels()
    {
        var input = Input(4 * 1024 * 1024);
        var expected = Blake3.Hash(input);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(expected, Blake3.Hash(input));
        }
    }

    [Fact]
    public void Asking_for_the_digest_between_pieces_changes_nothing()
    {
        var (asked, silent) = (Blake3Hasher.New(), Blake3Hasher.New());
        for (var i = 0; i < 300; i++)
        {
            var piece = Input(i * 7);
            asked.Update(piece);
            silent.Update(piece);
            asked.Finish();
        }

        Assert.Equal(silent.Finish(), asked.Finish());
    }

    [Fact]
    public void A_shorter_output_is_the_beginning_of_a_longer_one()
    {
        var hasher = Blake3Hasher.New();
        hasher.Update(Input(5000));
        var (shorter, longer) = (new byte[65], new byte[1000]);
        hasher.Finish(shorter);
        hasher.Finish(longer);
        Assert.Equal(longer[..65], shorter);
        Assert.Equal(hasher.Finish().Span, longer.AsSpan(0, 32));
    }

    [Fact]
    public void A_hasher_starts_anew_after_a_reset_and_keeps_its_mode()
    {
        var hasher = Blake3Hasher.Keyed(new byte[32]);
        hasher.Update(Input(3000));
        var first = hasher.Finish();
        hasher.Reset();
        hasher.Update(Input(3000));
        Assert.Equal(first, hasher.Finish());
        Assert.NotEqual(first, Blake3.Hash(Input(3000)));
    }

    [Theory, MemberData(nameof(Kernels))]
    public void Taking_in_bytes_does_not_allocate(Blake3Kernel kernel)
    {
        if (typeof(Blake3Hasher).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
        {
            // Without optimisation the runtime boxes vectors.
            Console.WriteLine("Not checked: this is a debug build.");
            return;
        }

        var (hasher, input, digest) = (Blake3Hasher.New(kernel), Input(200_000), new byte[32]);
        Assert.Equal(0, Allocation.Of(() =>
        {
            hasher.Update(input);
            hasher.Finish(digest);
        }));
    }

    [Fact]
    public void A_key_has_32_bytes() => Assert.Throws<ArgumentException>(() => Blake3Hasher.Keyed(new byte[31]));

    private static void Check(Blake3Hasher hasher, byte[] input, JsonElement vector, string mode)
    {
        var expected = vector.GetProperty(mode).GetString()!;
        var output = new byte[expected.Length / 2];
        hasher.Update(input);
        hasher.Finish(output);
        Assert.Equal(expected, Convert.ToHexStringLower(output));
        Assert.Equal(expected[..64], hasher.Finish().ToString());
    }

    private static byte[] Input(int length)
    {
        var input = new byte[length];
        for (var i = 0; i < length; i++)
        {
            input[i] = (byte)(i % 251);
        }

        return input;
    }

    private static JsonElement ReadVectors()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Veridian.Store.sln")))
        {
            folder = folder.Parent!;
        }

        using var file = File.OpenRead(Path.Combine(folder.FullName, "tests/Veridian.Unit.Tests/Core/Hashing/blake3_test_vectors.json"));
        using var document = JsonDocument.Parse(file);
        return document.RootElement.Clone();
    }
}
