using Veridian.Engine.Locating;

namespace Veridian.Cli;

/// <summary>
/// Reads the few options that the fast verbs take, without the command line library, whose start costs more than the work.
/// Anything it does not know sends the command to the library, which then explains, completes or refuses it.
/// </summary>
internal sealed class HotArguments
{
    public string? Root { get; private set; }

    public string? File { get; private set; }

    public bool Global { get; private set; }

    public string? EnvironmentName { get; private set; }

    public bool Quiet { get; private set; }

    public bool Force { get; private set; }

    public bool ClosureOnly { get; private set; }

    public string? Operand { get; private set; }

    /// <summary>Packages of a command without a project.</summary>
    public List<string> Packages { get; } = [];

    /// <summary>What follows <c>--</c>, or the first operand of <c>run</c> and all after it.</summary>
    public ReadOnlyMemory<string> Command { get; private set; }

    /// <summary>Whether an option of a command was given that only the command line library reads.</summary>
    public bool NeedsLongWay { get; private set; }

    /// <summary>Where the first operand of a command begins: behind the options, and behind <c>--</c>.</summary>
    public int CommandStart { get; private set; }

    /// <summary>The profile and environment that these arguments mean.</summary>
    public ProfileLocation Profile(Locations locations, string? given)
    {
        var profile = ProfileLocation.Find(given, Global, WorkingFolder.Path(), locations);
        return EnvironmentName is null ? profile : profile with { Environment = EnvironmentName };
    }

    /// <summary>Reads what stands behind the verb; null if anything is unknown.</summary>
    /// <param name="args">The arguments behind the verb.</param>
    /// <param name="takesCommand">Whether the first operand begins a command of its own.</param>
    public static HotArguments? TryRead(string[] args, bool takesCommand)
    {
        var read = new HotArguments();
        for (var i = 1; i < args.Length; i++)
        {
            var arg = args[i];
            var next = i + 1 < args.Length ? args[i + 1] : null;
            switch (arg)
            {
                case "--root" when next is not null:
                    read.Root = next;
                    i++;
                    break;
                case "-f" or "--file" when next is not null:
                    read.File = next;
                    i++;
                    break;
                case "-e" or "--environment" when next is not null:
                    read.EnvironmentName = next;
                    i++;
                    break;
                case "-p" or "--package" when takesCommand && next is not null:
                    read.Packages.Add(next);
                    i++;
                    break;
                case "-g" or "--global":
                    read.Global = true;
                    break;
                case "-q" or "--quiet":
                    read.Quiet = true;
                    break;
                case "-y" or "--yes" or "--locked" or "--frozen" or "--offline" when !takesCommand:
                    break;
                case "--force" when !takesCommand:
                    read.Force = true;
                    break;
                case "--closure-only" when !takesCommand:
                    read.ClosureOnly = true;
                    break;
                case "--streams" or "--stddbg" or "--stddati" or "--stddato" when takesCommand && next is not null:
                    read.NeedsLongWay = true;
                    i++;
                    break;
                case "--as-root" or "--refresh" or "-y" or "--yes" or "--offline" when takesCommand:
                    read.NeedsLongWay = true;
                    break;
                case "--" when takesCommand && next is not null:
                    read.Command = args.AsMemory(i + 1);
                    read.CommandStart = i + 1;
                    return read;
                case ['-', ..]:
                    return null;
                default:
                    if (takesCommand)
                    {
                        read.Command = args.AsMemory(i);
                        read.CommandStart = i;
                        return read;
                    }

                    if (read.Operand is not null)
                    {
                        return null;
                    }

                    read.Operand = arg;
                    break;
            }
        }

        return takesCommand ? null : read;
    }
}
