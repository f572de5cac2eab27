namespace Veridian.Faults.Interposing;

/// <summary>A system call that is watched.</summary>
/// <param name="Number">On x86-64.</param>
/// <param name="Name">As in its manual page.</param>
/// <param name="Descriptor">Which argument is a descriptor of what is changed, or of the folder a path begins at; -1 for none.</param>
/// <param name="Path">Which argument is a path; -1 for none.</param>
/// <param name="Errors">What it may fail with.</param>
internal sealed record SystemCall(int Number, string Name, int Descriptor, int Path, Failures Errors)
{
    public const int OpenAt = 257;
    public const int OpenAt2 = 437;

    private const Failures Room = Failures.InputOutput | Failures.NoSpace;
    private const Failures Names = Room | Failures.AccessDenied;
    private const Failures Removal = Failures.InputOutput | Failures.AccessDenied;

    /// <summary>Everything that changes names, contents or modes on a disk, or makes them durable.</summary>
    public static IReadOnlyList<SystemCall> WriteClass { get; } =
    [
        new(1, "write", 0, -1, Room), new(18, "pwrite64", 0, -1, Room), new(20, "writev", 0, -1, Room), new(296, "pwritev", 0, -1, Room), new(328, "pwritev2", 0, -1, Room),
        new(74, "fsync", 0, -1, Room), new(75, "fdatasync", 0, -1, Room), new(306, "syncfs", 0, -1, Room), new(277, "sync_file_range", 0, -1, Failures.InputOutput),
        new(77, "ftruncate", 0, -1, Room), new(285, "fallocate", 0, -1, Room), new(326, "copy_file_range", 2, -1, Room), new(40, "sendfile", 0, -1, Room),
        new(2, "open", -1, 0, Names | Failures.TooManyFiles), new(OpenAt, "openat", 0, 1, Names | Failures.TooManyFiles), new(OpenAt2, "openat2", 0, 1, Names | Failures.TooManyFiles),
        new(82, "rename", -1, 0, Names), new(264, "renameat", 0, 1, Names), new(316, "renameat2", 0, 1, Names),
        new(86, "link", -1, 1, Names), new(265, "linkat", 2, 3, Names), new(88, "symlink", -1, 1, Names), new(266, "symlinkat", 1, 2, Names),
        new(83, "mkdir", -1, 0, Names), new(258, "mkdirat", 0, 1, Names),
        new(87, "unlink", -1, 0, Removal), new(263, "unlinkat", 0, 1, Removal), new(84, "rmdir", -1, 0, Removal),
        new(90, "chmod", -1, 0, Removal), new(91, "fchmod", 0, -1, Removal), new(268, "fchmodat", 0, 1, Removal), new(452, "fchmodat2", 0, 1, Removal),
        new(280, "utimensat", 0, 1, Removal),
    ];

    /// <summary>What reads a file's content.</summary>
    public static IReadOnlyList<SystemCall> ReadClass { get; } =
        [new(0, "read", 0, -1, Failures.InputOutput), new(17, "pread64", 0, -1, Failures.InputOutput), new(295, "preadv", 0, -1, Failures.InputOutput)];
}

/// <summary>What a system call can be made to fail with.</summary>
[Flags]
internal enum Failures
{
    None = 0,
    InputOutput = 1,
    NoSpace = 2,
    TooManyFiles = 4,
    AccessDenied = 8,
}
