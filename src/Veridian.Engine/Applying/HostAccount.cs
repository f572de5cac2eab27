using System.Globalization;
using System.Text;
using Veridian.Engine.Environments.Running;
using Veridian.Posix;

namespace Veridian.Engine.Applying;

/// <summary>Who runs this command, as the host knows them.</summary>
internal static class HostAccount
{
    private const int MaxBytes = 4 << 20;

    /// <summary>The account; null for one that stands in no list.</summary>
    public static HostUser? Read()
    {
        var (user, group) = ProcessOwner.Read();
        return Find("/etc/passwd", 2, user) is [var name, _, _, _, var fullName, var home, var shell, ..]
            ? new HostUser(name, user, Find("/etc/group", 2, group) is [var groupName, ..] ? groupName : name, group, fullName, home, shell)
            : null;
    }

    private static string[]? Find(string path, int column, int id)
    {
        var text = Encoding.UTF8.GetString(BoundedFile.TryRead(path, MaxBytes) ?? []);
        var wanted = id.ToString(CultureInfo.InvariantCulture);
        return text.Split('\n').Select(line => line.Split(':')).FirstOrDefault(fields => fields.Length > column && fields[column] == wanted);
    }
}
