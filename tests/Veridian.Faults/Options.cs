using System.Globalization;
using Veridian.Faults.Rows;
using Veridian.Faults.Scenes;

namespace Veridian.Faults;

/// <summary>What to run.</summary>
internal sealed record Options
{
    public const string Usage = "usage: ./build faults [ROW]... [--scene NAME] [--at N] [--most N] [--seed N] [--jobs N]";

    public IReadOnlyList<Row> Rows { get; init; } = Row.All;

    public IReadOnlyList<Scene> Scenes { get; init; } = Scene.All;

    /// <summary>Only the case with this number, to look at a miss again; 0 for all.</summary>
    public int At { get; init; }

    /// <summary>The most cases of one row in one scene, evenly spread; 0 for all.</summary>
    public int Most { get; init; }

    public int Seed { get; init; } = 1;

    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether rows run on all commands, so that they may be written down.</summary>
    public bool IsWorthKeeping => Scenes.Count == Scene.All.Count && At == 0;

    /// <summary>Reads the arguments; null if there is one that cannot be read.</summary>
    public static Options? TryRead(string[] args)
    {
        var options = new Options();
        var rows = new List<Row>();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--scene" && Scene.All.FirstOrDefault(scene => i + 1 < args.Length && scene.Name == args[i + 1]) is { } scene)
            {
                (options, i) = (options with { Scenes = [scene] }, i + 1);
            }
            else if (args[i] is "--at" or "--most" or "--seed" or "--jobs" && i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                options = args[i++] switch
                {
                    "--at" => options with { At = number },
                    "--most" => options with { Most = number },
                    "--seed" => options with { Seed = number },
                    _ => options with { Jobs = Math.Max(1, number) },
                };
            }
            else if (Row.All.FirstOrDefault(row => row.Name == args[i]) is { } row)
            {
                rows.Add(row);
            }
            else
            {
                return null;
            }
        }

        return rows.Count == 0 ? options : options with { Rows = rows };
    }

    /// <summary>The numbers of the cases to run, of so many.</summary>
    public IEnumerable<int> Choose(int count) => At > 0
        ? At <= count ? [At] : []
        : Most == 0 || count <= Most
            ? Enumerable.Range(1, count)
            : Enumerable.Range(0, Most).Select(i => 1 + (int)((i + 0.5) * count / Most));
}
