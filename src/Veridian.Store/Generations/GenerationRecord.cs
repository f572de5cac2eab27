using System.Globalization;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Text;
using Veridian.Store.Text;

namespace Veridian.Store.Generations;

/// <summary>What a generation says of itself. Never changes once written, but for the pin beside it.</summary>
/// <remarks>Source: <c>store-format/generation/README.md</c> G-2.</remarks>
public sealed record GenerationRecord
{
    internal const string Format = "veridian-generation 1";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>From 1; never used twice in a project.</summary>
    public required int Number { get; init; }

    /// <summary>When it was made, in whole seconds.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What was asked for, in one line.</summary>
    public required string Command { get; init; }

    /// <summary>The environment.</summary>
    public required Blake3Digest Environment { get; init; }

    /// <summary>Environments that it borrows from; they live as long.</summary>
    public IReadOnlyList<Blake3Digest> Lenders { get; init; } = [];

    /// <summary>Every object it needs.</summary>
    public required IReadOnlyList<StorePath> Closure { get; init; }

    /// <summary>Names of the files the profile included; file <c>includes/N</c> holds the N-th, from 0.</summary>
    public required IReadOnlyList<string> Includes { get; init; }

    /// <summary>A person wants it kept.</summary>
    public bool Pinned { get; init; }

    internal byte[] Write()
    {
        var writer = new RecordWriter(Format)
            .Add("number", Number)
            .Add("time", Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture))
            .Add("command", Command)
            .Add("environment", Environment.ToString());
        foreach (var lender in Lenders)
        {
            writer.Add("lender", lender.ToString());
        }

        foreach (var name in Includes)
        {
            writer.Add("include", name);
        }

        foreach (var path in Closure)
        {
            writer.Add("object", path.Text);
        }

        return writer.ToBytes();
    }

    internal static GenerationRecord Read(byte[] bytes, string place, bool pinned)
    {
        var reader = new RecordReader(bytes, place, Format);
        var number = reader.Number("number");
        var time = ParseTime(reader.Text("time")) ?? throw reader.Damaged("a time cannot be read");

        var (command, environment) = (reader.Text("command"), reader.Digest("environment"));
        List<Blake3Digest> lenders = [];
        while (reader.TryText("lender") is { } hex)
        {
            lenders.Add(Blake3Digest.TryParse(hex, out var lender) ? lender : throw reader.Damaged("a digest cannot be read"));
        }

        List<string> includes = [];
        while (reader.TryText("include") is { } name)
        {
            includes.Add(name);
        }

        List<StorePath> closure = [];
        while (reader.TryText("object") is { } path)
        {
            closure.Add(reader.ParseStorePath(path));
        }

        return number is <= 0 or > int.MaxValue || !reader.AtEnd
            ? throw reader.Damaged("a line is not known")
            : new GenerationRecord
            {
                Number = (int)number,
                Time = time,
                Command = command,
                Environment = environment,
                Lenders = lenders,
                Closure = closure,
                Includes = includes,
                Pinned = pinned,
            };
    }

    /// <summary>Digit by digit: the framework's own way brings in calendars and cultures, a tenth of what a short command costs.</summary>
    private static DateTimeOffset? ParseTime(string text)
    {
        if (text.Length != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z'
            || !PlainNumber.TryRead(text.AsSpan(0, 4), out int year)
            || !PlainNumber.TryRead(text.AsSpan(5, 2), out int month)
            || !PlainNumber.TryRead(text.AsSpan(8, 2), out int day)
            || !PlainNumber.TryRead(text.AsSpan(11, 2), out int hour)
            || !PlainNumber.TryRead(text.AsSpan(14, 2), out int minute)
            || !PlainNumber.TryRead(text.AsSpan(17, 2), out int second)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return null;
        }

        return new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
    }
}
