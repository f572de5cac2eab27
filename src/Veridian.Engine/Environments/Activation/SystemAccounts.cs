using Veridian.Engine.Environments.Activation.Scripts;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation;

/// <summary>Accounts and groups that packages declare in files, as <c>systemd-sysusers</c> reads them.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-34. Numbers are those of A-9, whatever a line says.</remarks>
internal static class SystemAccounts
{
    private const string NoLogin = "/usr/sbin/nologin";

    /// <summary>The lists with what the files of a tree declare and they lack.</summary>
    /// <param name="passwd">The accounts that are there.</param>
    /// <param name="group">The groups that are there.</param>
    /// <param name="root">The merged tree.</param>
    /// <param name="read">Reads a file of it, up to a limit; null if it is not there.</param>
    public static (string Passwd, string Group) AddTo(string passwd, string group, PlannedDirectory root, Func<string, int, byte[]?> read)
    {
        var (knownUsers, knownGroups) = (Names(passwd), Names(group));
        var (users, groups) = (new Dictionary<string, SystemUser>(StringComparer.Ordinal), new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal));
        foreach (var words in ConfigurationFolder.Lines("sysusers", root, read).Where(words => words.Count > 1 && IsName(words[1])))
        {
            switch (words[0].TrimEnd('!'))
            {
                case "u" when !knownUsers.ContainsKey(words[1]):
                    var main = MainGroup(words, knownGroups);
                    users.TryAdd(words[1], new SystemUser(words[1], main, Word(words, 3, ""), Word(words, 4, "/"), Word(words, 5, NoLogin)));
                    Join(main);
                    break;
                case "g":
                    Join(words[1]);
                    break;
                case "m" when words.Count > 2 && IsName(words[2]):
                    Join(words[2], words[1]);
                    break;
            }
        }

        return users.Count + groups.Count == 0 ? (passwd, group) : new AccountList(users, groups).AddTo(passwd, group);

        void Join(string name, params string[] members)
        {
            if (members.Length > 0 || !knownGroups.ContainsKey(name))
            {
                groups[name] = [.. groups.GetValueOrDefault(name, []).Concat(members).Distinct().Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The group of an account's own name, but for one that is named behind a colon, by name or number.</summary>
    private static string MainGroup(IReadOnlyList<string> words, Dictionary<string, string> groups)
    {
        var named = words.Count > 2 && words[2].Split(':') is [_, var text] ? text : "";
        return groups.FirstOrDefault(known => known.Value == named).Key ?? (IsName(named) ? named : words[1]);
    }

    /// <summary>A word that may become a field of a list.</summary>
    private static string Word(IReadOnlyList<string> words, int at, string otherwise) =>
        words.Count > at && words[at] != "-" && words[at].All(c => c != ':' && !char.IsControl(c)) ? words[at] : otherwise;

    /// <summary>Names with their numbers.</summary>
    private static Dictionary<string, string> Names(string list) => list.Split('\n').Select(line => line.Split(':')).Where(fields => fields.Length > 2)
        .DistinctBy(fields => fields[0]).ToDictionary(fields => fields[0], fields => fields[2], StringComparer.Ordinal);

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 31 && (char.IsAsciiLetter(text[0]) || text[0] == '_') && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
