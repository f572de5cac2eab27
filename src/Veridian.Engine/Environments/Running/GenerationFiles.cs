using System.Globalization;
using System.Text;
using Veridian.Core.Hashing;

namespace Veridian.Engine.Environments.Running;

/// <summary>The files of <c>etc</c> that belong to a generation and its user, not to the environment.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-20.</remarks>
public static class GenerationFiles
{
    /// <summary>passwd, group and machine-id by name.</summary>
    /// <param name="passwd">The environment's accounts.</param>
    /// <param name="group">The environment's groups.</param>
    /// <param name="user">The account that uses the generation; null for one that the host does not know.</param>
    /// <param name="project">What the machine id is made of, with the user's name: the same project keeps its id.</param>
    public static IReadOnlyDictionary<string, string> For(string passwd, string group, HostUser? user, string project)
    {
        var machine = Blake3.Hash(Encoding.UTF8.GetBytes($"veridian-machine-id 1\n{project}\n{user?.Name}\n")).ToString()[..32];
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["passwd"] = user is null ? passwd : With(passwd, user.Name, user.Id, user.PasswdLine),
            ["group"] = user is null ? group : With(group, user.GroupName, user.GroupId, $"{user.GroupName}:x:{user.GroupId.ToString(CultureInfo.InvariantCulture)}:"),
            ["machine-id"] = machine + "\n",
        };
    }

    /// <summary>The list with one line more; a line of the same name or number gives way, so that look-ups agree in both directions.</summary>
    private static string With(string list, string name, int id, string line)
    {
        var number = id.ToString(CultureInfo.InvariantCulture);
        var others = list.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(other => other.Split(':') is { Length: >= 3 } fields && fields[0] != name && fields[2] != number);
        return string.Join('\n', others.Append(line)) + "\n";
    }
}

/// <summary>The account that uses an environment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its number.</param>
/// <param name="GroupName">Its main group's name.</param>
/// <param name="GroupId">Its main group's number.</param>
/// <param name="FullName">May be empty.</param>
/// <param name="Home">Absolute path.</param>
/// <param name="Shell">Absolute path.</param>
public sealed record HostUser(string Name, int Id, string GroupName, int GroupId, string FullName, string Home, string Shell)
{
    /// <summary>The account's line of passwd.</summary>
    public string PasswdLine => $"{Name}:x:{Id.ToString(CultureInfo.InvariantCulture)}:{GroupId.ToString(CultureInfo.InvariantCulture)}:{FullName}:{Home}:{Shell}";
}
