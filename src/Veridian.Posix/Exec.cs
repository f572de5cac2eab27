using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Veridian.Posix;

/// <summary>Becomes another program.</summary>
public static unsafe class Exec
{
    /// <summary>Replaces this process: same id, same terminal, same standard streams; locks and other files are closed.</summary>
    /// <param name="path">The program's file; PATH is not searched.</param>
    /// <param name="arguments">All arguments, the name it is called by first.</param>
    /// <param name="environment">Variables as <c>NAME=value</c>.</param>
    /// <exception cref="Core.Errors.StorageException">It cannot be started; this process goes on.</exception>
    [DoesNotReturn]
    public static void Replace(string path, IReadOnlyList<string> arguments, IReadOnlyList<string> environment)
    {
        var argv = Vector(arguments);
        var envp = Vector(environment);
        fixed (byte* file = PathBytes.Encode(path, stackalloc byte[PathBytes.StackSize]))
        {
            SignalState.Reset();
            _ = LibC.Execve(file, argv, envp);
        }

        var failure = PosixFailure.Last("execute", path);
        SignalState.Restore();
        Free(argv);
        Free(envp);
        throw failure;
    }

    private static byte** Vector(IReadOnlyList<string> texts)
    {
        var vector = (byte**)NativeMemory.AllocZeroed((nuint)(texts.Count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < texts.Count; i++)
        {
            var bytes = PathBytes.Encode(texts[i], default);
            vector[i] = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
            bytes.CopyTo(new Span<byte>(vector[i], bytes.Length));
        }

        return vector;
    }

    private static void Free(byte** vector)
    {
        for (var i = 0; vector[i] is not null; i++)
        {
            NativeMemory.Free(vector[i]);
        }

        NativeMemory.Free(vector);
    }
}
