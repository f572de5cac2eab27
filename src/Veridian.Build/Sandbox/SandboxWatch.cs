using System.Globalization;

namespace Veridian.Build.Sandbox;

/// <summary>Looks at a running command from outside: how many processes it has, how much it has written, whether it says that it gets no more processes.</summary>
/// <remarks>Source: <c>spec/sandbox.md</c> B-12, B-13. Limits of the kernel count for one process or one account; these count for one command.</remarks>
internal sealed class SandboxWatch(SandboxLimits limits, string? upper, BoundedReader error)
{
    private const int StepsBetweenSizes = 5;
    private int _steps;

    /// <summary>How long to wait between two looks.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether there is anything to look at.</summary>
    public bool IsNeeded => limits.RunningProcesses is not null || (upper is not null && limits.Written is not null);

    /// <summary>Looks once; which limit is exceeded, or null.</summary>
    /// <param name="processId">The process that started the command.</param>
    public string? Look(int processId)
    {
        if (limits.RunningProcesses is { } processes && Count(processId, processes) > processes)
        {
            return TooManyProcesses;
        }

        // A tree of many files takes longer to look at.
        return upper is not null && limits.Written is { } written && _steps++ % StepsBetweenSizes == 0 && SizeOf(upper, written.Bytes) > written.Bytes
            ? $"wrote more than {written}"
            : Listen();
    }

    /// <summary>Looks at what the command has said since the last time; which limit it ran into, or null.</summary>
    /// <remarks>Processes that are refused may all be gone before they are counted.</remarks>
    public string? Listen() => limits.RunningProcesses is not null && error.HasNew(ProcessGuard.Refusals) ? TooManyProcesses : null;

    private string TooManyProcesses => $"had more than {limits.RunningProcesses!.Value.ToString(CultureInfo.InvariantCulture)} processes at once";

    private static int Count(int processId, int limit)
    {
        var open = new Stack<int>([processId]);
        var count = 0;
        while (open.TryPop(out var at) && count <= limit)
        {
            count++;
            foreach (var child in Children(at))
            {
                open.Push(child);
            }
        }

        return count;
    }

    private static IEnumerable<int> Children(int processId)
    {
        try
        {
            return [.. Directory.GetDirectories($"/proc/{processId}/task")
                .SelectMany(task => File.ReadAllText(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static long SizeOf(string folder, long limit)
    {
        long bytes = 0;
        try
        {
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint }))
            {
                bytes += file.Length;
                if (bytes > limit)
                {
                    break;
                }
            }
        }
        catch (IOException)
        {
            // Something was removed under us: the next look sees it all.
        }

        return bytes;
    }
}
