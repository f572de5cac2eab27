using System.Diagnostics;
using System.Globalization;
using Veridian.Faults.Interposing;
using Veridian.Faults.Scenes;

namespace Veridian.Faults.Rows;

/// <summary>A file system that is full by bytes, full by files, or read-only: a tmpfs that is mounted anew with other limits.</summary>
internal static class FullRow
{
    private const long Page = 4096;
    private const string Wide = "rw,size=512m,nr_inodes=200k";

    public static void Run(Options options, Tally tally)
    {
        tally.Skipped = Environment.IsPrivilegedProcess ? null : "only root can mount a tmpfs of a given size";
        foreach (var scene in tally.Skipped is null ? options.Scenes : [])
        {
            var folder = Directory.CreateTempSubdirectory("veridian-full-").FullName;
            try
            {
                if (!Mount("-t", "tmpfs", "-o", Wide, "tmpfs", folder))
                {
                    tally.Skipped = "a tmpfs cannot be mounted here";
                    return;
                }

                using var site = new Site(folder);
                Run(new Stage(site, scene), folder, options, tally);
            }
            finally
            {
                Mount("-o", "remount," + Wide, folder);
                using var away = Process.Start("umount", ["-l", folder]);
                away.WaitForExit();
                Directory.Delete(folder);
            }
        }
    }

    private static void Run(Stage stage, string folder, Options options, Tally tally)
    {
        stage.Reset();
        var before = Used(folder);
        stage.Site.Run(new Fault.None(), stage.Scene.Command);
        var after = Used(folder);
        var limits = new List<(string Name, string Options, bool IsReadOnly)> { ("read-only", "ro", true) };
        limits.AddRange(Steps(after.Bytes - before.Bytes, Page * 4).Select(more => ($"{more >> 10} KiB free", $"size={before.Bytes + more}", false)));
        limits.AddRange(Steps(after.Files - before.Files, 2).Select(more => ($"{more} files free", $"nr_inodes={before.Files + more}", false)));
        foreach (var number in options.Choose(limits.Count))
        {
            Try(stage, folder, limits[number - 1], tally);
        }
    }

    // From nothing free up to a little more than it takes.
    private static IEnumerable<long> Steps(long needed, long least)
    {
        for (long more = 0; more <= Math.Max(needed, 0) + 8 * least; more += Math.Max(least, needed / 40))
        {
            yield return more;
        }
    }

    private static void Try(Stage stage, string folder, (string Name, string Options, bool IsReadOnly) limit, Tally tally)
    {
        stage.Reset();
        if (!Mount("-o", "remount," + limit.Options, folder))
        {
            return; // less than what is there
        }

        var ended = stage.Site.Run(new Fault.None(), stage.Scene.Command);
        var collected = stage.Site.Run(new Fault.None(), "gc");
        var seen = stage.Site.Run(new Fault.None(), "list");
        Mount("-o", "remount," + Wide, folder);
        tally.Add(stage.Judge(limit.Name, ended, _ =>
            ended.ExitCode is not (0 or 5) ? "this exit code is not documented for a full disk"
            : Stage.LacksAdvice(ended) ? "the message is not that of a failing disk with a next step"
            : !limit.IsReadOnly && collected.ExitCode != 0 ? $"gc needs room: exit {collected.ExitCode}: {collected.Error}"
            : limit.IsReadOnly && stage.Scene.Name != "first-apply" && seen.ExitCode != 0 ? $"list needs to write: exit {seen.ExitCode}: {seen.Error}"
            : null));
    }

    private static (long Bytes, long Files) Used(string folder)
    {
        using var df = Process.Start(new ProcessStartInfo("stat", ["-f", "-c", "%b %f %S %c %d", folder]) { RedirectStandardOutput = true })!;
        var numbers = df.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries).Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        df.WaitForExit();
        return ((numbers[0] - numbers[1]) * numbers[2], numbers[3] - numbers[4]);
    }

    private static bool Mount(params string[] arguments)
    {
        using var mount = Process.Start(new ProcessStartInfo("mount", arguments) { RedirectStandardError = true })!;
        mount.StandardError.ReadToEnd();
        mount.WaitForExit();
        return mount.ExitCode == 0;
    }
}
