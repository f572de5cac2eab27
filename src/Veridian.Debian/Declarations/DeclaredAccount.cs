namespace Veridian.Debian.Declarations;

/// <summary>An account, a group, or a membership that a package declares.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Name">The account's name, or that of a group.</param>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-28.</remarks>
public sealed record DeclaredAccount(DeclaredAccountKind Kind, string Name)
{
    private const int LongestName = 31;

    /// <summary>An account's main group, by name or number, empty for one of its own name; the group of a membership.</summary>
    public string Group { get; init; } = "";

    /// <summary>An account's full name; may be empty.</summary>
    public string FullName { get; init; } = "";

    /// <summary>An account's home, an absolute path.</summary>
    public string Home { get; init; } = "/";

    /// <summary>An account's shell, an absolute path.</summary>
    public string Shell { get; init; } = "/usr/sbin/nologin";

    /// <summary>Reads a file of <c>sysusers.d</c>; lines that mean something else are passed over.</summary>
    public static IReadOnlyList<DeclaredAccount> Read(ReadOnlySpan<byte> file) =>
        [.. DeclarationLines.Read(file).Where(words => words.Count > 1 && IsName(words[1])).Select(FromWords).OfType<DeclaredAccount>()];

    private static DeclaredAccount? FromWords(IReadOnlyList<string> words)
    {
        switch (words[0].TrimEnd('!'))
        {
            case "u":
                var account = new DeclaredAccount(DeclaredAccountKind.User, words[1]);
                var group = words.Count > 2 && words[2].Split(':') is [_, var named] && (IsName(named) || named.All(char.IsAsciiDigit)) ? named : "";
                return account with { Group = group, FullName = Word(3) ?? "", Home = Path(4) ?? account.Home, Shell = Path(5) ?? account.Shell };
            case "g":
                return new DeclaredAccount(DeclaredAccountKind.Group, words[1]);
            case "m" when words.Count > 2 && IsName(words[2]):
                return new DeclaredAccount(DeclaredAccountKind.Member, words[1]) { Group = words[2] };
            default:
                return null;
        }

        // What may become a field of a list.
        string? Word(int at) => words.Count > at && words[at] != "-" && words[at].All(c => c != ':' && !char.IsControl(c)) ? words[at] : null;

        string? Path(int at) => Word(at) is ['/', ..] path ? path : null;
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && (char.IsAsciiLetter(text[0]) || text[0] == '_') && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}

/// <summary>What a package declares of accounts.</summary>
public enum DeclaredAccountKind
{
    /// <summary>An account, and its main group.</summary>
    User,

    /// <summary>A group.</summary>
    Group,

    /// <summary>That an account is in a group.</summary>
    Member,
}
