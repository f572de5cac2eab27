using Veridian.Faults.Interposing;
using Veridian.Faults.PowerCuts;
using Veridian.Faults.Scenes;

namespace Veridian.Faults.Rows;

/// <summary>
/// The power fails. A command runs on a disk that records what it is told; afterwards the disk is made again as it was at moments
/// of that run, mounted, and looked at. Twice for each moment: with all that was written until then, and with a random half of
/// what was written since the last flush missing, as from a disk that had only promised it.
/// </summary>
internal static class PowerRow
{
    private const int Moments = 16;

    public static void Run(Options options, Tally tally)
    {
        var reasons = FileSystem.All.Select(system => system.MissingReason).OfType<string>().Distinct().ToList();
        var usable = FileSystem.All.Where(system => system.MissingReason is null).ToList();
        tally.Skipped = usable.Count == 0 ? string.Join("; ", reasons) : null;
        foreach (var system in usable)
        {
            var before = tally.Cases;
            Parallel.ForEach(options.Scenes, new ParallelOptions { MaxDegreeOfParallelism = options.Jobs }, scene => Run(system, scene, options, tally));
            tally.Note += $"{system.Name} {tally.Cases - before} ";
        }

        tally.Note += $"seed {options.Seed}" + (reasons.Count > 0 && usable.Count > 0 ? $"; {string.Join("; ", reasons)}" : "");
    }

    private static void Run(FileSystem system, Scene scene, Options options, Tally tally)
    {
        var folder = Directory.CreateTempSubdirectory("veridian-power-").FullName;
        try
        {
            var log = new DiskLog(system.Megabytes << 20);
            Stage stage;
            int end;
            using (var recorder = new RecordingDisk(log))
            using (new MountedDisk(recorder.Path, folder, system))
            {
                stage = new Stage(new Site(folder), scene);
                stage.Reset();
                FileSystem.Tool("sync", "-f", folder);
                log.MarkBeginning();
                var ended = stage.Site.Run(new Fault.None(), scene.Command);
                end = ended.ExitCode == 0 ? log.Count : throw new IOException($"'{scene.Name}' on {system.Name} ended with {ended.ExitCode}: {ended.Error}");
            }

            foreach (var number in options.Choose(Math.Min(Moments, end)))
            {
                var moment = (int)((long)number * end / Math.Min(Moments, end));
                tally.Add(Look(stage, system, log.CutAfter(moment, null), folder, $"{system.Name}, power off after {moment} of {end} writes", moment == end));
                tally.Add(Look(stage, system, log.CutAfter(moment, new Random(options.Seed * 1000 + moment)), folder, $"{system.Name}, power off after {moment} of {end} writes with some of the last lost", moment == end));
            }
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    private static string? Look(Stage stage, FileSystem system, byte[] disk, string folder, string what, bool isDone)
    {
        // A file of its own, so that nothing that is still to be written to the last disk is written to this one.
        var image = Path.Combine(Workshop.Home, Path.GetFileName(folder) + "-" + Guid.NewGuid().ToString("N")[..8]);
        WriteSparse(image, disk);
        try
        {
            using var mounted = new MountedDisk(image, folder, options: system.MountOptions);
            return stage.Judge(what, new Ended(isDone ? 0 : Ended.Killed, "", "", 0, null, default), _ => null);
        }
        catch (IOException failed)
        {
            return $"{stage.Scene.Name}: {what}: {system.Name} itself cannot be mounted: {failed.Message}";
        }
        finally
        {
            File.Delete(image);
        }
    }

    private static void WriteSparse(string path, byte[] disk)
    {
        const int Block = 64 << 10;
        using var file = File.Create(path);
        file.SetLength(disk.Length);
        for (var at = 0; at < disk.Length; at += Block)
        {
            if (disk.AsSpan(at, Block).ContainsAnyExcept((byte)0))
            {
                file.Position = at;
                file.Write(disk, at, Block);
            }
        }
    }
}
