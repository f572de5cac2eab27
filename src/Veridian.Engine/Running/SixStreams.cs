using System.Globalization;
using Veridian.Core.Errors;
using Veridian.Posix;

namespace Veridian.Engine.Running;

/// <summary>The three streams beside the usual ones: <c>stddbg</c> (3, written), <c>stddati</c> (4, read) and <c>stddato</c> (5, written).</summary>
/// <remarks>Source: <c>spec/kernel-fds.md</c> FD-2 to FD-5. Portable: a stream that is bound to nothing is <c>/dev/null</c>.</remarks>
public sealed record SixStreams
{
    /// <summary>Says inside how many streams there are.</summary>
    public const string Variable = "VPKG_STREAMS";

    /// <summary>A file or <c>fd:N</c>; null for nothing.</summary>
    public string? Debug { get; init; }

    /// <summary>As <see cref="Debug"/>.</summary>
    public string? DataIn { get; init; }

    /// <summary>As <see cref="Debug"/>.</summary>
    public string? DataOut { get; init; }

    /// <summary>Called before anything else is opened: the places stay free for <see cref="Place"/>.</summary>
    public static void Reserve() => InheritedDescriptors.Reserve(5);

    /// <summary>Opens all three and puts them in their places. Nothing of this process may be done afterwards but an exec.</summary>
    /// <exception cref="InvalidInputException"><c>fd:N</c> names no descriptor that the caller left open.</exception>
    /// <exception cref="StorageException">A file cannot be opened.</exception>
    public void Place() => InheritedDescriptors.Place([(3, Find(Debug, "stddbg", true)), (4, Find(DataIn, "stddati", false)), (5, Find(DataOut, "stddato", true))]);

    private static int Find(string? target, string name, bool forWriting)
    {
        if (target?.StartsWith("fd:", StringComparison.Ordinal) != true)
        {
            return InheritedDescriptors.Open(target ?? "/dev/null", forWriting);
        }

        return int.TryParse(target.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && InheritedDescriptors.IsOpen(number)
            ? number
            : throw new InvalidInputException(ErrorCodes.Usage, $"'{target}' for {name} is no descriptor that is open here.", $"Write '--{name} FILE', or open it in the shell: '{number}>FILE'.");
    }
}
