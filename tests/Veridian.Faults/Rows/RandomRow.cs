using Veridian.Faults.Interposing;
using Veridian.Faults.Scenes;

namespace Veridian.Faults.Rows;

/// <summary>SIGKILL at times nobody chose.</summary>
internal static class RandomRow
{
    private const int Kills = 500;

    public static void Run(Options options, Tally tally)
    {
        var each = (Kills + options.Scenes.Count - 1) / options.Scenes.Count;
        for (var i = 0; i < options.Scenes.Count; i++)
        {
            var random = new Random(options.Seed * 1000 + i);
            var moments = Enumerable.Range(0, each).Select(_ => random.NextDouble() * 1.1).ToList();
            Workshop.Run(options.Jobs, options.Scenes[i], reads: false, _ => options.Choose(each).Select(number => moments[number - 1]),
                (stage, moment) => tally.Add(stage.Try(new Fault.KillAfter(stage.Took * moment))));
        }

        tally.Note = $"seed {options.Seed}";
    }
}
