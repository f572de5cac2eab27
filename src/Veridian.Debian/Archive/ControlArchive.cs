namespace Veridian.Debian.Archive;

/// <summary>Reads the control archive of a package: plain files in its root and nothing else.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-10.</remarks>
internal static class ControlArchive
{
    internal static ControlData Read(Stream tar, DebLimits limits)
    {
        var members = new List<ControlMember>();
        var left = limits.MaxControlBytes;
        var reader = new TarReader(tar, "The control archive");
        while (reader.Next() is { } entry)
        {
            if (entry.Kind == TarEntryKind.Directory && entry.Name is "." or "./")
            {
                continue;
            }

            if (entry.Kind != TarEntryKind.File)
            {
                throw ArchiveRefusal.Of($"The control archive has the entry {ArchiveRefusal.Quote(entry.Name)}, which is no regular file.");
            }

            if (entry.Length > limits.MaxControlMemberBytes || entry.Length > left || members.Count == limits.MaxControlMembers)
            {
                throw ArchiveRefusal.Of($"The control archive is above its limits at {ArchiveRefusal.Quote(entry.Name)}.");
            }

            var bytes = new byte[entry.Length];
            entry.Content.ReadExactly(bytes);
            left -= bytes.Length;
            members.Add(new ControlMember(entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name, bytes));
        }

        return ControlData.Of(members);
    }
}
