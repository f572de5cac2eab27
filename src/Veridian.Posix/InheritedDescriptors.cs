namespace Veridian.Posix;

/// <summary>Descriptors by number, as a program that is started next shall find them. Only for the moment before an exec: the runtime's own give way.</summary>
/// <remarks>Source: <c>spec/kernel-fds.md</c> FD-2 to FD-5.</remarks>
public static unsafe class InheritedDescriptors
{
    private const int DuplicateCloseOnExec = 1030; // F_DUPFD_CLOEXEC
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;
    private const int FirstFree = 64;
    private const uint Mode = 0x1B6;

    /// <summary>
    /// Keeps this process's own files away from the numbers up to one. Called first of all: the runtime's thread for signals would
    /// read its pipe by a number under which <see cref="Place"/> has put a file meanwhile.
    /// </summary>
    public static void Reserve(int last)
    {
        fixed (byte* name = "/dev/null\0"u8)
        {
            while (LibC.OpenAt(LibC.AtCurrentFolder, name, LibC.OpenCloseOnExec | LibC.OpenReadOnly, 0) is >= 0 and var number)
            {
                if (number >= last)
                {
                    // One too many where all were taken; it is closed with the rest.
                    return;
                }
            }
        }
    }

    /// <summary>Whether the caller left a descriptor of that number to this process. What the runtime opened itself does not count.</summary>
    public static bool IsOpen(int number) => LibC.Fcntl(number, GetFlags, 0) is >= 0 and var flags && (flags & CloseOnExec) == 0;

    /// <summary>Opens a file for the program; it is made, or emptied, if it is for writing.</summary>
    /// <returns>Its number, for <see cref="Place"/>.</returns>
    /// <exception cref="Core.Errors.StorageException">It cannot be opened.</exception>
    public static int Open(string path, bool forWriting)
    {
        var flags = LibC.OpenCloseOnExec | (forWriting ? LibC.OpenWriteOnly | LibC.OpenCreate | LibC.OpenTruncate : LibC.OpenReadOnly);
        fixed (byte* name = PathBytes.Encode(path, stackalloc byte[PathBytes.StackSize]))
        {
            return LibC.OpenAt(LibC.AtCurrentFolder, name, flags, Mode) is >= 0 and var number ? number : throw PosixFailure.Last("open", path);
        }
    }

    /// <summary>Puts descriptors in their places, all at once: one may come from where another one goes.</summary>
    /// <param name="places">Where each goes, and where it is now.</param>
    /// <exception cref="Core.Errors.StorageException">There are too many.</exception>
    public static void Place(IReadOnlyList<(int Target, int Source)> places)
    {
        var copies = places.Select(place => (place.Target, Copy: LibC.Fcntl(place.Source, DuplicateCloseOnExec, FirstFree))).ToArray();
        foreach (var (target, copy) in copies)
        {
            if (copy < 0 || LibC.Dup2(copy, target) < 0)
            {
                throw PosixFailure.Last("pass on descriptor", target.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }
}
