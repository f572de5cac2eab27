using System.Globalization;
using Veridian.Differential;
using Veridian.Testing.Solving;

const string Usage = """
    usage: ./build differential debian PACKAGES-FILE...
               one line per package: NAME VERSION ok, or NAME VERSION broken REASON-ID (missing or conflict)
           ./build differential sets SEED COUNT PACKAGES-FILE...
               one line per random set: ok|unsat|timeout OBJECTIVE-VECTOR PACKAGE-COUNT; its names go to standard error
           ./build differential peers SEED COUNT [--from N] PACKAGES-FILE...
               both of these beside dose-debcheck, apt-get -s and aspcud, as far as they are installed; prints what differs;
               --from goes on with set N of a run that was stopped, without dose-debcheck
           ./build differential replay FILE
               solves a request that was saved because its answer failed the check: ok OBJECTIVE-VECTOR PACKAGE-COUNT, unsat, or wrong: WHY
    """;

if (args.Where(arg => arg.Contains('/', StringComparison.Ordinal)).FirstOrDefault(file => !File.Exists(file)) is { } absent)
{
    Console.Error.WriteLine($"There is no file '{absent}'.");
    return 2;
}

switch (args)
{
    case ["debian", _, ..]:
        using (var index = DebianUniverse.Read(args[1..]))
        {
            using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 1 << 16);
            foreach (var line in new DebianVerdicts(index).Run())
            {
                output.WriteLine(line);
            }
        }

        return 0;
    case ["sets", var seed, var count, _, ..] when int.TryParse(seed, out var first) && int.TryParse(count, out var number):
        using (var index = DebianUniverse.Read(args[3..]))
        {
            var sets = new RandomSets(index, first, number);
            foreach (var names in sets.Draw())
            {
                var (result, time) = sets.Solve(names);
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:F1} ms: {string.Join(' ', names)}"));
                Console.WriteLine(RandomSets.Line(result));
            }
        }

        return 0;
    case ["peers", var seed, var count, "--from", var from, _, ..] when int.TryParse(seed, out var first) && int.TryParse(count, out var number) && int.TryParse(from, out var next) && next > 1:
        return ComparePeers(first, number, next, args[5..]);
    case ["peers", var seed, var count, _, ..] when int.TryParse(seed, out var first) && int.TryParse(count, out var number):
        return ComparePeers(first, number, 1, args[3..]);
    case ["replay", var file]:
        return Replay.Run(File.ReadAllBytes(file));
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

static int ComparePeers(int seed, int count, int from, string[] files)
{
    var folder = Directory.CreateTempSubdirectory("vpkg-differential-");
    try
    {
        using var index = DebianUniverse.Read(files);
        return new PeerComparison(index, files, new RandomSets(index, seed, count), folder.FullName).Run(from);
    }
    finally
    {
        folder.Delete(recursive: true);
    }
}
