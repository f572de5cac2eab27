using System.Globalization;
using System.Text;
using Veridian.Core.Packages;
using Veridian.Core.Text;
using Veridian.Solver.Indexing;

namespace Veridian.Solver.Replaying;

/// <summary>A request and the index it was put to, as one file: solving it again needs nothing else.</summary>
/// <remarks>Source: <c>spec/solving.md</c> S-23. A deadline is not kept: whoever replays has a clock of their own.</remarks>
public static class SavedRequest
{
    private const string FirstLine = "vpkg-request 1";
    private const int MaxHeaderBytes = 16 << 20;

    private static ReadOnlySpan<byte> EndOfHeader => "\nindex\n"u8;

    /// <summary>Writes a request as lines of fields separated by tabs, and the index's bytes behind them.</summary>
    public static void Write(Stream to, SolveRequest request, PackageIndex index)
    {
        var text = new StringBuilder(FirstLine);
        void Line(params ReadOnlySpan<string> fields)
        {
            for (var i = 0; i < fields.Length; i++)
            {
                text.Append(i == 0 ? '\n' : '\t').Append(Plain(fields[i]));
            }
        }

        foreach (var asked in request.Requirements)
        {
            Line("require", asked.Relation.Name, asked.Relation.Kind.ToString(), asked.Relation.Version, asked.Origin,
                $"{(asked.Optional ? "o" : "")}{(asked.Recommends ? "r" : "")}{(asked.Itself ? "i" : "")}");
        }

        foreach (var (name, version) in request.Locked)
        {
            Line("lock", name, version);
        }

        foreach (var name in request.Excluded)
        {
            Line("exclude", name);
        }

        foreach (var name in request.AssumedPresent)
        {
            Line("assume", name);
        }

        foreach (var hold in request.Holds)
        {
            Line("hold", hold.Relation.Name, hold.Relation.Kind.ToString(), hold.Relation.Version, hold.Reason);
        }

        foreach (var age in request.Ages)
        {
            Line("age", Number(age.Source), Number(age.Now), Number(age.LeastAge), age.Reason);
        }

        Line("wish", $"{(request.Essential ? "e" : "")}{(request.Recommends ? "r" : "")}{(request.ForceZ3 ? "z" : "")}");
        Line("limit", Number(request.Limits.Conflicts), Number(request.Limits.Questions));
        to.Write(Encoding.UTF8.GetBytes(text.ToString()));
        to.Write(EndOfHeader);
        index.CopyTo(to);
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null for anything else. The index is the caller's to dispose.</summary>
    public static (SolveRequest Request, PackageIndex Index)? TryRead(ReadOnlyMemory<byte> bytes)
    {
        var end = bytes.Span[..Math.Min(bytes.Length, MaxHeaderBytes)].IndexOf(EndOfHeader);
        if (end < 0 || ReadRequest(Encoding.UTF8.GetString(bytes.Span[..end])) is not { } request)
        {
            return null;
        }

        // Copied, because columns of numbers must begin at multiples of eight.
        return PackageIndex.TryOpen(bytes[(end + EndOfHeader.Length)..].ToArray(), out var index, out _) ? (request, index) : null;
    }

    private static SolveRequest? ReadRequest(string header)
    {
        var lines = header.Split('\n');
        var (asked, locked, excluded, assumed, holds) = (new List<Requirement>(), new Dictionary<string, string>(), new List<string>(), new List<string>(), new List<Hold>());
        var (ages, wishes, limits) = (new List<AgeLimit>(), "", new SolveLimits());
        for (var i = 1; i < lines.Length; i++)
        {
            switch (lines[i].Split('\t'))
            {
                case ["require", var name, var kind, var version, var origin, var marks] when TryRelation(name, kind, version) is { } relation:
                    asked.Add(new Requirement(relation, origin) { Optional = marks.Contains('o'), Recommends = marks.Contains('r'), Itself = marks.Contains('i') });
                    break;
                case ["lock", var name, var version]:
                    locked[name] = version;
                    break;
                case ["exclude", var name]:
                    excluded.Add(name);
                    break;
                case ["assume", var name]:
                    assumed.Add(name);
                    break;
                case ["hold", var name, var kind, var version, var reason] when TryRelation(name, kind, version) is { } relation:
                    holds.Add(new Hold(relation, reason));
                    break;
                case ["age", var number, var from, var least, var reason]
                    when PlainNumber.TryRead(number, out int source) && PlainNumber.TryRead(from, out long now) && PlainNumber.TryRead(least, out long leastAge):
                    ages.Add(new AgeLimit(source, now, leastAge, reason));
                    break;
                case ["wish", var marks]:
                    wishes = marks;
                    break;
                case ["limit", var conflicts, var questions] when PlainNumber.TryRead(conflicts, out int most) && PlainNumber.TryRead(questions, out int asks):
                    limits = new SolveLimits { Conflicts = most, Questions = asks };
                    break;
                default:
                    return null;
            }
        }

        return lines[0] != FirstLine ? null : new SolveRequest
        {
            Requirements = asked,
            Locked = locked,
            Excluded = excluded,
            AssumedPresent = assumed,
            Holds = holds,
            Ages = ages,
            Essential = wishes.Contains('e'),
            Recommends = wishes.Contains('r'),
            ForceZ3 = wishes.Contains('z'),
            Limits = limits,
        };
    }

    private static Relation? TryRelation(string name, string kind, string version) =>
        Enum.TryParse<RelationKind>(kind, out var parsed) && Enum.IsDefined(parsed) ? new Relation(name, parsed, version) : null;

    // Only places and reasons can hold such characters, and they count for nothing but messages.
    private static string Plain(string field) => field.AsSpan().ContainsAny('\n', '\t') ? field.Replace('\n', ' ').Replace('\t', ' ') : field;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
