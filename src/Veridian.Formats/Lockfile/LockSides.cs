using Veridian.Core.Errors;

namespace Veridian.Formats.Lockfile;

/// <summary>The sides of a lock file in which version control left both.</summary>
/// <param name="Common">What both grew from; null where the marks do not say it.</param>
/// <param name="Ours">The side above the line.</param>
/// <param name="Theirs">The side below it.</param>
/// <remarks>Source: <c>spec/lockfile.md</c> L-14.</remarks>
public sealed record LockSides(LockFile? Common, LockFile Ours, LockFile Theirs)
{
    /// <summary>Takes the sides apart; null where the text holds no marks.</summary>
    /// <exception cref="InvalidInputException">The marks do not fit together, or a side is no lock.</exception>
    public static LockSides? TryRead(ReadOnlySpan<byte> utf8, string fileName)
    {
        if (utf8.Length > LockFileReader.MaxBytes)
        {
            throw Broken(fileName, 0);
        }

        var (common, ours, theirs) = (new List<byte>(), new List<byte>(), new List<byte>());
        var (side, marks, hasCommon, number) = ('=', 0, false, 0);
        while (!utf8.IsEmpty)
        {
            number++;
            var length = utf8.IndexOf((byte)'\n') is var at and >= 0 ? at + 1 : utf8.Length;
            var line = utf8[..length];
            utf8 = utf8[length..];
            var next = Mark(line) switch { '<' when side == '=' => 'o', '|' when side == 'o' => 'c', '=' when side is 'o' or 'c' => 't', '>' when side == 't' => '=', '\0' => side, _ => throw Broken(fileName, number) };
            if (Mark(line) != '\0')
            {
                (side, marks, hasCommon) = (next, marks + 1, hasCommon || next == 'c');
                continue;
            }

            Add(common, line, side is '=' or 'c');
            Add(ours, line, side is '=' or 'o');
            Add(theirs, line, side is '=' or 't');
        }

        return marks == 0 ? null
            : side != '=' ? throw Broken(fileName, number)
            : new LockSides(hasCommon ? Read(common, fileName) : null, Read(ours, fileName), Read(theirs, fileName));
    }

    private static char Mark(ReadOnlySpan<byte> line) =>
        line.StartsWith("<<<<<<<"u8) ? '<' : line.StartsWith("|||||||"u8) ? '|' : line.StartsWith("======="u8) ? '=' : line.StartsWith(">>>>>>>"u8) ? '>' : '\0';

    private static void Add(List<byte> to, ReadOnlySpan<byte> line, bool wanted)
    {
        if (wanted)
        {
            to.AddRange(line);
        }
    }

    private static LockFile Read(List<byte> text, string fileName) => LockFileReader.Read(text.ToArray(), fileName);

    private static InvalidInputException Broken(string fileName, int line) => new(ErrorCodes.LocksNotMergeable,
        $"The marks of the merge in '{fileName}' do not fit together.", "Take either side with 'git checkout --ours vpkg.lock', then run 'vpkg lock'.", new SourceSpan(fileName, line, 0));
}
