using System.Globalization;
using System.Text;
using Veridian.Fetch.Metadata;
using Veridian.Trust.Releases;

namespace Veridian.Engine.Syncing;

/// <summary>The newest date believed for each release: one small file each, in the state folder, so that a cleaned cache forgets nothing.</summary>
/// <remarks>Source: <c>spec/trust.md</c> T-8.</remarks>
internal sealed class ReleaseHistory(string folder) : IReleaseHistory
{
    public DateTimeOffset? LastSeen(ReleaseSubject subject) =>
        BoundedFile.TryRead(PathOf(subject), 4096) is { } bytes
        && long.TryParse(Encoding.ASCII.GetString(bytes), NumberStyles.Integer, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    public void Remember(ReleaseSubject subject, DateTimeOffset date)
    {
        if (LastSeen(subject) is { } seen && seen >= date)
        {
            return;
        }

        SmallFile.Write(PathOf(subject), Encoding.ASCII.GetBytes(date.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
    }

    private string PathOf(ReleaseSubject subject) => Path.Combine(folder, Uri.EscapeDataString($"{subject.Repository}_{subject.Suite}"));
}
