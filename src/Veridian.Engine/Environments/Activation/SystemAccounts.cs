using Veridian.Debian.Declarations;
using Veridian.Engine.Environments.Activation.Scripts;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation;

/// <summary>Accounts and groups that packages declare in files.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-34. Numbers are those of A-9, whatever a line says.</remarks>
internal static class SystemAccounts
{
    /// <summary>The lists with what the files of a tree declare and they lack.</summary>
    /// <param name="passwd">The accounts that are there.</param>
    /// <param name="group">The groups that are there.</param>
    /// <param name="root">The merged tree.</param>
    /// <param name="read">Reads a file of it, up to a limit; null if it is not there.</param>
    public static (string Passwd, string Group) AddTo(string passwd, string group, PlannedDirectory root, Func<string, int, byte[]?> read)
    {
        var (knownUsers, knownGroups) = (Numbers(passwd), Numbers(group));
        var (users, groups) = (new Dictionary<string, SystemUser>(StringComparer.Ordinal), new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal));
        foreach (var declared in DeclarationFiles.Of("sysusers", root, read).SelectMany(file => DeclaredAccount.Read(file)))
        {
            switch (declared.Kind)
            {
                case DeclaredAccountKind.User when !knownUsers.ContainsKey(declared.Name):
                    var main = MainGroup(declared);
                    users.TryAdd(declared.Name, new SystemUser(declared.Name, main, declared.FullName, declared.Home, declared.Shell));
                    Join(main);
                    break;
                case DeclaredAccountKind.Group:
                    Join(declared.Name);
                    break;
                case DeclaredAccountKind.Member:
                    Join(declared.Group, declared.Name);
                    break;
            }
        }

        return users.Count + groups.Count == 0 ? (passwd, group) : new AccountList(users, groups).AddTo(passwd, group);

        // A number that no group has says nothing: numbers are ours.
        string MainGroup(DeclaredAccount account) => knownGroups.FirstOrDefault(known => known.Value == account.Group).Key
            ?? (account.Group.Length == 0 || char.IsAsciiDigit(account.Group[0]) ? account.Name : account.Group);

        void Join(string name, params string[] members)
        {
            if (members.Length > 0 || !knownGroups.ContainsKey(name))
            {
                groups[name] = [.. groups.GetValueOrDefault(name, []).Concat(members).Distinct().Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The numbers of a list's names.</summary>
    private static Dictionary<string, string> Numbers(string list) => list.Split('\n').Select(line => line.Split(':')).Where(fields => fields.Length > 2)
        .DistinctBy(fields => fields[0]).ToDictionary(fields => fields[0], fields => fields[2], StringComparer.Ordinal);
}
