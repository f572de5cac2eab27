using System.Buffers.Binary;
using Veridian.Faults.Interposing;
using Veridian.Faults.Scenes;

namespace Veridian.Faults.Rows;

/// <summary>The database is not what it was: it is only a cache, so nobody may notice.</summary>
internal static class DatabaseRow
{
    private const int VersionAt = 60; // user_version in the header of an SQLite file

    public static void Run(Options options, Tally tally)
    {
        foreach (var scene in options.Scenes.Where(scene => scene.Name != "first-apply"))
        {
            var damages = Damages(options.Seed).ToList();
            Workshop.Run(options.Jobs, scene, reads: false, _ => options.Choose(damages.Count).Select(number => damages[number - 1]), (stage, damage) =>
            {
                stage.Reset();
                damage.Do(Path.Combine(stage.Site.Locations.Store, "index.sqlite"));
                tally.Add(stage.Judge($"database {damage.Name}", stage.Site.Run(new Fault.KillAfter(TimeSpan.FromMinutes(3)), scene.Command), ended => ended.ExitCode == 0 ? null : "the database is needed"));
            });
        }
    }

    private static IEnumerable<(string Name, Action<string> Do)> Damages(int seed)
    {
        yield return ("deleted", Delete);
        yield return ("deleted, its log left", LeaveLog);
        yield return ("from a newer version", path => Change(path, bytes => BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(VersionAt), 99)));
        yield return ("a folder in its place", PutFolder);
        yield return ("a link to nowhere in its place", PutLink);
        yield return ("text in its place", path => File.WriteAllText(path, "this is no database\n"));
        foreach (var part in (double[])[0, 0.01, 0.1, 0.3, 0.5, 0.9, 0.999])
        {
            yield return ($"truncated to {part:P1}", path => Truncate(path, part));
        }

        for (var i = 0; i < 20; i++)
        {
            var random = new Random(seed * 100 + i);
            yield return ($"with 64 random bytes, seed {seed * 100 + i}", path => Change(path, bytes => Scatter(bytes, random)));
        }
    }

    private static void LeaveLog(string path)
    {
        File.WriteAllBytes(path + "-wal", new byte[5000]);
        File.Delete(path);
    }

    private static void PutFolder(string path)
    {
        Delete(path);
        Directory.CreateDirectory(path);
    }

    private static void PutLink(string path)
    {
        Delete(path);
        File.CreateSymbolicLink(path, "/nonexistent/database");
    }

    private static void Truncate(string path, double part)
    {
        using var file = File.Open(path, FileMode.Open);
        file.SetLength((long)(file.Length * part));
    }

    private static void Scatter(byte[] bytes, Random random)
    {
        for (var n = 0; n < 64; n++)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }
    }

    private static void Change(string path, Action<byte[]> change)
    {
        var bytes = File.ReadAllBytes(path);
        change(bytes);
        Delete(path);
        File.WriteAllBytes(path, bytes);
    }

    private static void Delete(string path)
    {
        foreach (var suffix in (string[])["", "-wal", "-shm"])
        {
            File.Delete(path + suffix);
        }
    }
}
