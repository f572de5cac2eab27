namespace Veridian.Engine.Environments.Running.Entering;

/// <summary>One call of the kernel on the way into an environment.</summary>
/// <param name="Number">Which call, as x86-64 numbers them.</param>
/// <param name="Arguments">At most five.</param>
internal sealed record KernelCall(int Number, params IReadOnlyList<KernelArgument> Arguments)
{
    /// <summary>What fails with it, in words for people; null for a call that may fail.</summary>
    public string? Needed { get; init; }
}

/// <summary>What a call of the kernel is given.</summary>
internal abstract record KernelArgument
{
    private KernelArgument()
    {
    }

    public static implicit operator KernelArgument(long value) => new Number(value);

    public static implicit operator KernelArgument(string text) => new Text(text);

    public sealed record Number(long Value) : KernelArgument;

    /// <summary>The address of a text that ends with a NUL.</summary>
    public sealed record Text(string Content) : KernelArgument;

    /// <summary>The address of one of the program's own places.</summary>
    public sealed record Place(EntryPlace Which) : KernelArgument;

    /// <summary>The answer to the call just before, or so many before; an answer is passed on to one call only.</summary>
    public sealed record Answer(int CallsBefore = 1) : KernelArgument;
}

/// <summary>Memory of an entry program that calls are given the address of.</summary>
internal enum EntryPlace
{
    /// <summary>The line for <c>uid_map</c>: the caller's number is the same inside.</summary>
    UserMap,

    /// <summary>The line for <c>gid_map</c>.</summary>
    GroupMap,

    /// <summary>The attribute "read-only" as <c>mount_setattr</c> takes it.</summary>
    ReadOnly,

    /// <summary>Room for the working directory, 4096 bytes.</summary>
    Folder,
}
