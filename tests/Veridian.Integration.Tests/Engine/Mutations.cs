namespace Veridian.Integration.Tests.Engine;

/// <summary>Damages of all kinds to what a store holds.</summary>
internal static class Mutations
{
    /// <summary>Damages that many things, each another one, and returns them as <c>OWNER/PATH</c>.</summary>
    public static IReadOnlyList<string> Make(Random random, string store, int count)
    {
        var roots = new[] { "objects", "environments" }.Select(name => Path.Combine(store, name)).ToArray();
        var files = roots.SelectMany(root => Directory.GetFiles(root, "f*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal).ToArray();
        random.Shuffle(files);
        var damaged = new List<string>();
        foreach (var file in files.Take(count))
        {
            Unlock(Path.GetDirectoryName(file)!);
            damaged.Add(Damage(random, file));
        }

        Assert.Equal(count, damaged.Count);
        return [.. damaged.Select(path => path[(roots.First(root => path.StartsWith(root + "/", StringComparison.Ordinal)).Length + 1)..])];
    }

    /// <summary>Other bytes of the same length, under every name that the file has.</summary>
    public static void Overwrite(string file)
    {
        Unlock(file);
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write);
        stream.WriteByte((byte)'X');
    }

    private static string Damage(Random random, string file)
    {
        switch (random.Next(7))
        {
            case 0:
                Overwrite(file);
                return file;
            case 1:
                Unlock(file);
                using (var stream = new FileStream(file, FileMode.Open, FileAccess.Write))
                {
                    stream.SetLength(random.Next(3));
                }

                return file;
            case 2:
                File.Delete(file);
                return file;
            case 3:
                File.SetUnixFileMode(file, (UnixFileMode)0x1FF);
                return file;
            case 4:
                File.Delete(file);
                File.CreateSymbolicLink(file, "/etc/passwd");
                return file;
            case 5:
                File.Delete(file);
                Directory.CreateDirectory(Path.Combine(file, "deeper"));
                return file;
            default:
                File.WriteAllText(file + ".more", "nobody knows this\n");
                return file + ".more";
        }
    }

    private static void Unlock(string path) => File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserWrite);
}
