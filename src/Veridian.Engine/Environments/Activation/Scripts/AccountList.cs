using System.Globalization;
using System.Text;
using Veridian.Core.Hashing;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Accounts and groups that scripts have made, by name: the numbers that they were given there do not count.</summary>
/// <param name="Users">Accounts by name.</param>
/// <param name="Groups">Members of groups by name; a group that was there before is named only where it has new members.</param>
/// <remarks>Source: <c>spec/activation.md</c> A-9.</remarks>
internal sealed record AccountList(IReadOnlyDictionary<string, SystemUser> Users, IReadOnlyDictionary<string, IReadOnlyList<string>> Groups)
{
    private const int FirstId = 100;
    private const int Ids = 800;

    /// <summary>Nobody.</summary>
    public static AccountList None { get; } = new(new Dictionary<string, SystemUser>(), new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>What lists have more than others.</summary>
    /// <param name="before">passwd and group before.</param>
    /// <param name="passwd">passwd afterwards.</param>
    /// <param name="group">group afterwards.</param>
    public static AccountList Added((string Passwd, string Group) before, string passwd, string group)
    {
        var names = Lines(group, 4).GroupBy(fields => fields[2]).ToDictionary(same => same.Key, same => same.First()[0], StringComparer.Ordinal);
        var known = Lines(before.Passwd, 7).Select(fields => fields[0]).ToHashSet(StringComparer.Ordinal);
        var members = Lines(before.Group, 4).GroupBy(fields => fields[0]).ToDictionary(same => same.Key, same => Members(same.First()[3]), StringComparer.Ordinal);
        return new AccountList(
            Lines(passwd, 7).Where(fields => !known.Contains(fields[0])).DistinctBy(fields => fields[0])
                .ToDictionary(fields => fields[0], fields => new SystemUser(fields[0], names.GetValueOrDefault(fields[3], "nogroup"), fields[4], fields[5], fields[6]), StringComparer.Ordinal),
            Lines(group, 4).DistinctBy(fields => fields[0])
                .Where(fields => !members.TryGetValue(fields[0], out var old) || Members(fields[3]).Except(old).Any())
                .ToDictionary(fields => fields[0], fields => (IReadOnlyList<string>)[.. Members(fields[3]).Except(members.GetValueOrDefault(fields[0]) ?? []).Order(StringComparer.Ordinal)], StringComparer.Ordinal));
    }

    /// <summary>Those of several lists; of two accounts of one name the first counts.</summary>
    public static AccountList Union(IEnumerable<AccountList> lists)
    {
        var (users, groups) = (new SortedDictionary<string, SystemUser>(StringComparer.Ordinal), new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal));
        foreach (var list in lists)
        {
            foreach (var (name, user) in list.Users)
            {
                users.TryAdd(name, user);
            }

            foreach (var (name, members) in list.Groups)
            {
                groups[name] = [.. (groups.GetValueOrDefault(name) ?? []).Concat(members).Distinct().Order(StringComparer.Ordinal)];
            }
        }

        return new AccountList(users, groups);
    }

    /// <summary>The lists with these accounts and groups added. Numbers follow from the names alone, as long as no two want the same one.</summary>
    public (string Passwd, string Group) AddTo(string passwd, string group)
    {
        var numbers = Lines(group, 4).GroupBy(fields => fields[0]).ToDictionary(same => same.Key, same => same.First()[2], StringComparer.Ordinal);
        var taken = Lines(passwd, 7).Concat(Lines(group, 4)).Select(fields => fields[2]).ToHashSet(StringComparer.Ordinal);
        foreach (var name in Users.Keys.Concat(Groups.Keys).Distinct().Order(StringComparer.Ordinal).Where(name => !numbers.ContainsKey(name)))
        {
            numbers[name] = Free(name, taken);
        }

        var list = new StringBuilder(passwd);
        foreach (var user in Users.Values.OrderBy(user => user.Name, StringComparer.Ordinal))
        {
            list.AppendJoin(':', user.Name, "x", numbers[user.Name], numbers.GetValueOrDefault(user.Group, "65534"), user.FullName, user.Home, user.Shell).Append('\n');
        }

        return (list.ToString(), Join(group, numbers));
    }

    private string Join(string group, Dictionary<string, string> numbers)
    {
        var text = new StringBuilder();
        var there = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fields in Lines(group, 4))
        {
            there.Add(fields[0]);
            text.AppendJoin(':', fields[0], "x", fields[2], string.Join(',', Members(fields[3]).Concat(Groups.GetValueOrDefault(fields[0]) ?? []).Distinct())).Append('\n');
        }

        foreach (var (name, members) in Groups.Where(entry => !there.Contains(entry.Key)).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            text.AppendJoin(':', name, "x", numbers[name], string.Join(',', members)).Append('\n');
        }

        return text.ToString();
    }

    private static string Free(string name, HashSet<string> taken)
    {
        var wish = BitConverter.ToUInt32(Blake3.Hash(Encoding.UTF8.GetBytes(name)).Span[..4]) % Ids;
        for (var i = 0; ; i++)
        {
            var number = (FirstId + ((wish + i) % Ids) + (i / Ids * Ids)).ToString(CultureInfo.InvariantCulture);
            if (taken.Add(number))
            {
                return number;
            }
        }
    }

    private static IReadOnlyList<string> Members(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string[]> Lines(string text, int fields) => text.Split('\n').Select(line => line.Split(':')).Where(line => line.Length == fields && line[0].Length > 0);
}

/// <summary>An account that a package needs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Group">Its main group's name.</param>
/// <param name="FullName">May be empty.</param>
/// <param name="Home">Absolute path.</param>
/// <param name="Shell">Absolute path.</param>
internal sealed record SystemUser(string Name, string Group, string FullName, string Home, string Shell);
